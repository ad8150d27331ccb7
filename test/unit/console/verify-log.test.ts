import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkpointText } from '../../../domain/audit/checkpoint-note.js';
import { eventLeafHash, type EventContent } from '../../../domain/audit/event-content.js';
import { signNote, verifierKey } from '../../../domain/audit/signed-note.js';
import { treeHash } from '../../../domain/evidence/merkle.js';
import { verifyLog } from '../../../server/console/audit/verify-log.js';
import { samePage } from '../../../server/console/session/same-page.js';

const { privateKey } = generateKeyPairSync('ed25519');
const ORIGIN = 'assay/test';
const vkeys = [verifierKey(ORIGIN, privateKey)];

const eventAt = (id: number): EventContent => ({
  id,
  at: '2026-01-01T00:00:00.000000Z',
  project: 'default',
  actor: 'ada',
  action: 'run.requested',
  subject: `run-${id}`,
  details: { n: 1e21, text: 'é\u2028', nested: { b: 1, a: [true, null] } },
  eventKey: `key-${id}`,
});

function logOf(size: number) {
  const events = Array.from({ length: size }, (_, id) => eventAt(id));
  const hashes = events.map(eventLeafHash);
  const note = signNote(checkpointText({ origin: ORIGIN, size, root: treeHash(hashes) }), ORIGIN, privateKey);
  const entries = events.map((event, leafIndex) => ({
    leafIndex,
    leafHash: hashes[leafIndex]!.toString('hex'),
    event: event as EventContent | null,
  }));
  return { entries, checkpoint: { size, note }, vkeys };
}

describe('the log, verified as the console does', () => {
  it('takes the log that the server chains and signs, whatever its size, entries of others by their hash', async () => {
    for (const size of [1, 2, 3, 7, 8, 33]) {
      const log = logOf(size);
      log.entries[0]!.event = null;
      const { isGood, says } = await verifyLog(log);
      expect(isGood).toBe(true);
      expect(says[0]).toBe(`All ${size} entries are those of the signed checkpoint.`);
    }
  });

  it('names the entry whose content was altered', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 19 }), async (index) => {
        const log = logOf(20);
        log.entries[index]!.event = { ...eventAt(index), actor: 'somebody-else' };
        const { isGood, says } = await verifyLog(log);
        expect(isGood).toBe(false);
        expect(says[0]).toContain(`Entry ${index} was altered`);
      }),
      { numRuns: 20 },
    ));

  it('finds an altered leaf, a missing entry, another checkpoint and another key', async () => {
    const leaf = logOf(5);
    leaf.entries[2]!.event = null;
    leaf.entries[2]!.leafHash = leaf.entries[1]!.leafHash;
    const short = logOf(5);
    short.entries.pop();
    const swapped = logOf(5);
    swapped.entries.reverse();
    const forged = { ...logOf(5), vkeys: [verifierKey(ORIGIN, generateKeyPairSync('ed25519').privateKey)] };
    const none = { ...logOf(5), checkpoint: { size: 5, note: 'no note' } };
    for (const log of [leaf, short, swapped, forged, none]) expect((await verifyLog(log)).isGood).toBe(false);
  });
});

describe('where a sign-in leads', () => {
  it.each(['//evil.example', '/\\evil.example', 'https://evil.example/', 'javascript:alert(1)', '', undefined, 7])(
    'attack 17: not to %s',
    (asked) => {
      expect(samePage(asked)).toBe('/');
    },
  );

  it('to a path of this console, with its query', () => {
    expect(samePage('/approvals/run-1?x=1#decide')).toBe('/approvals/run-1?x=1#decide');
  });
});
