import { createPrivateKey, type KeyObject } from 'node:crypto';
import { checkpointText } from '../../domain/audit/checkpoint-note.js';
import { eventLeafHash, type EventContent } from '../../domain/audit/event-content.js';
import { EXPORT_FORMAT } from '../../domain/audit/export-line.js';
import type { LogReport } from '../../domain/audit/log-report.js';
import { signNote, verifierKey } from '../../domain/audit/signed-note.js';
import { createLogVerifier, type VerifyOptions } from '../../domain/audit/verify-log.js';
import { CompactRange } from '../../domain/evidence/compact-range.js';

export const ORIGIN = 'assay/example';

/** A key that is the same in every run of the tests. */
export const testKey = (seed: number): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seed)]),
    format: 'der',
    type: 'pkcs8',
  });

export const eventOf = (index: number): EventContent => ({
  id: index + 1,
  at: `2026-03-03T12:00:00.${String(index).padStart(6, '0')}Z`,
  project: 'default',
  actor: 'ada',
  action: 'run.began',
  subject: `run-${index}`,
  details: { index, 'what?': 'é \u2028 "quoted"', nested: [null, 1e21, -0.5] },
  eventKey: `run.began/run-${index}`,
});

/** The note of a checkpoint over these events. */
export function noteOver(events: readonly EventContent[], key = testKey(1), origin = ORIGIN): string {
  const tree = new CompactRange();
  for (const event of events) tree.append(eventLeafHash(event));
  return signNote(checkpointText({ origin, size: tree.size, root: Buffer.from(tree.root()) }), origin, key);
}

/** The lines of an export of these events, with checkpoints at these sizes. */
export function exportOf(
  events: readonly EventContent[],
  { sizes, key = testKey(1) }: { sizes: readonly number[]; key?: KeyObject },
): string[] {
  const tree = new CompactRange();
  const lines: object[] = [
    {
      format: EXPORT_FORMAT,
      origin: ORIGIN,
      keys: [{ vkey: verifierKey(ORIGIN, key), since: '2026-03-03T00:00:00Z' }],
    },
  ];
  for (const [leafIndex, event] of events.entries()) {
    const hash = eventLeafHash(event);
    lines.push({ leafIndex, leafHash: hash.toString('hex'), event });
    tree.append(hash);
    const root = Buffer.from(tree.root());
    if (sizes.includes(tree.size))
      lines.push({ checkpoint: signNote(checkpointText({ origin: ORIGIN, size: tree.size, root }), ORIGIN, key) });
  }
  return lines.map((line) => JSON.stringify(line));
}

export function verifyLines(lines: readonly string[], options: VerifyOptions = {}): LogReport {
  const verifier = createLogVerifier(options);
  lines.forEach((line) => verifier.line(line));
  return verifier.finish();
}
