import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createCheckpointer, type Checkpoint } from '../../db/audit/checkpoint.js';
import { sequence } from '../../db/audit/sequencer.js';
import type { Database } from '../../db/pool.js';
import { auditEvent, auditLeaf } from '../../db/schema/audit.js';

export const LOG_ORIGIN = 'assay/test';
export const logKey = generateKeyPairSync('ed25519').privateKey;

/** Chains every event that is committed: another test file's open transaction may hold the horizon for a moment. */
export async function chainAll(db: Database): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    await sequence(db, { holder: 'test', limit: 1000 });
    if ((await db.$count(auditLeaf)) === (await db.$count(auditEvent))) return;
    await pause(20);
  }
  throw new Error('The log was not chained to its end within four seconds.');
}

/** Chains every event and signs the log as it stands. */
export async function signAll(db: Database, privateKey: KeyObject = logKey): Promise<Checkpoint> {
  await chainAll(db);
  const signed = await createCheckpointer(db, { origin: LOG_ORIGIN, privateKey })();
  if (signed === undefined) throw new Error('There is nothing to sign.');
  return signed;
}
