import { createHash, verify } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { desc, sql } from 'drizzle-orm';
import { readChained } from '../../db/audit/outbox.js';
import type { Database } from '../../db/pool.js';
import { auditCheckpoint, auditLeaf } from '../../db/schema/audit.js';
import { evidence } from '../../db/schema/evidence.js';
import { canonicalJson } from '../../domain/evidence/canonical.js';
import { merkleRoot } from '../../domain/evidence/merkle.js';
import type { World } from './world.js';

const CHAINED_MILLISECONDS = 60_000;
const SIGNATURE_OFFSET = 4;
const MOST_EVENTS = 1_000_000;

/** What does not hold of an installation, whatever was done to it; nothing where all does. */
export async function flawsOf(world: World): Promise<string[]> {
  return [...(await flawsOfLog(world)), ...(await flawsOfArtifacts(world)), ...(await flawsOfEvidence(world))];
}

/** Every event has one place, none is left out, and the newest checkpoint signs exactly them. */
async function flawsOfLog({ db, publicKey }: World): Promise<string[]> {
  const events = await untilAllSigned(db);
  if (events === undefined) return ['the audit log was not chained and signed to its end within a minute'];
  const chained = await readChained(db, -1, MOST_EVENTS);
  const flaws: string[] = [];
  const gap = chained.findIndex(({ leafIndex }, at) => leafIndex !== at);
  if (gap !== -1) flaws.push(`the audit log has a gap at leaf ${gap}`);
  if (new Set(chained.map(({ eventKey, action }) => `${action} ${eventKey}`)).size !== chained.length)
    flaws.push('an event stands in the audit log twice');
  const root = merkleRoot(chained.map(({ leafIndex: _leaf, ...event }) => Buffer.from(canonicalJson(event))));
  const [checkpoint] = await db.select().from(auditCheckpoint).orderBy(desc(auditCheckpoint.size)).limit(1);
  if (checkpoint === undefined || `sha256:${checkpoint.root.toString('hex')}` !== root)
    flaws.push('the newest checkpoint is not that of the events');
  else if (!isSigned(checkpoint.note, publicKey))
    flaws.push('the newest checkpoint is not signed by the key of the log');
  return flaws;
}

async function untilAllSigned(db: Database): Promise<number | undefined> {
  const deadline = Date.now() + CHAINED_MILLISECONDS;
  for (;;) {
    const { rows } = await db.execute<{ events: number; signed: number }>(sql`select
      (select count(*)::int from audit_event) as events, (select coalesce(max(size), 0)::int from audit_checkpoint) as signed`);
    const { events, signed } = rows[0]!;
    if (events === signed && (await db.$count(auditLeaf)) === events) return events;
    if (Date.now() > deadline) return undefined;
    await sleep(200);
  }
}

/** Of c2sp.org/signed-note: the text, an empty line, and a line that ends with the signature. */
function isSigned(note: string, publicKey: World['publicKey']): boolean {
  const [text = '', signature = ''] = note.split('\n\n');
  const raw = Buffer.from(signature.trimEnd().split(' ')[2] ?? '', 'base64');
  return verify(null, Buffer.from(`${text}\n`), publicKey, raw.subarray(SIGNATURE_OFFSET));
}

/** Every blob that has a name has the bytes of it. */
export async function flawsOfArtifacts({ artifactsFolder, altered }: World): Promise<string[]> {
  const folder = join(artifactsFolder, 'blobs', 'sha256');
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const flaws: string[] = [];
  for (const entry of names.filter((found) => found.isFile())) {
    const bytes = await readFile(join(entry.parentPath, entry.name));
    const isWhole = createHash('sha256').update(bytes).digest('hex') === entry.name;
    if (!isWhole && !altered.has(entry.name))
      flaws.push(`the artifact ${entry.name.slice(0, 12)} is marked complete and is not`);
  }
  return flaws;
}

/** Evidence names artifacts; each of them is in the store. */
async function flawsOfEvidence({ db, artifactsFolder }: World): Promise<string[]> {
  const flaws: string[] = [];
  for (const { content } of await db.select({ content: evidence.content }).from(evidence)) {
    const { body } = JSON.parse(content) as { body: { artifacts?: Record<string, string> } };
    for (const named of Object.values(body.artifacts ?? {})) {
      const hex = named.slice('sha256:'.length);
      const path = join(artifactsFolder, 'blobs', 'sha256', hex.slice(0, 2), hex);
      if (!existsSync(path)) flaws.push(`evidence names the artifact ${named}, which is not in the store`);
    }
  }
  return flaws;
}
