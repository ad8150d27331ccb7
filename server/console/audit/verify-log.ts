import type { components } from '../../client/openapi-types.js';
import { isSignedBy, readCheckpoint } from './note.js';
import { fromHex, leafHash, toHex, treeRoot } from './tree.js';

type Entry = components['schemas']['AuditEntry'];

/** What somebody found who recomputed the log. */
export interface LogFinding {
  isGood: boolean;
  /** In sentences, the first says it all. */
  says: string[];
}

interface Given {
  /** The first `size` entries of the log, in order. */
  entries: readonly Entry[];
  checkpoint: { size: number; note: string };
  vkeys: readonly string[];
}

/**
 * Recomputes the leaf of every entry that can be read, the root over all leaves, and holds it against the signed
 * checkpoint. It names the first entry whose content is not that of its leaf.
 */
export async function verifyLog({ entries, checkpoint, vkeys }: Given): Promise<LogFinding> {
  const said = readCheckpoint(checkpoint.note);
  if (said === null) return bad('The checkpoint is none: it has not the form of a signed note.');
  if (entries.length !== said.size)
    return bad(`The checkpoint signs ${said.size} entries, and ${entries.length} were given.`);
  let read = 0;
  for (const [index, { leafIndex, leafHash: stored, event }] of entries.entries()) {
    if (leafIndex !== index) return bad(`Entry ${index} is missing: entry ${leafIndex} stands in its place.`);
    if (event === null) continue;
    read += 1;
    if (toHex(await leafHash(event)) !== stored)
      return bad(`Entry ${leafIndex} was altered: its content is not that of its leaf.`);
  }
  const root = await treeRoot(entries.map((entry) => fromHex(entry.leafHash)));
  if (toHex(root) !== toHex(said.root))
    return bad(
      `The root over ${said.size} entries is not the one that was signed: something was altered, added or removed.`,
    );
  const signatures = await Promise.all(vkeys.map((vkey) => isSignedBy(said, vkey)));
  if (signatures.every((one) => one === false))
    return bad('The checkpoint is not signed by the key that this server names.');
  const hidden = entries.length - read;
  return {
    isGood: true,
    says: [
      `All ${said.size} entries are those of the signed checkpoint.`,
      `${read} were recomputed from their content${hidden === 0 ? '' : `; ${hidden} belong to others and stand here by their hash alone`}.`,
      signatures.includes(true)
        ? 'Its signature is by the key that this server names.'
        : 'This browser cannot verify its signature (it knows no ed25519): use “assay audit verify”.',
      'Both log and key came from this server: whoever must not trust it exports the log and verifies it with a key from elsewhere (“assay audit verify”).',
    ],
  };
}

const bad = (sentence: string): LogFinding => ({
  isGood: false,
  says: [sentence, 'Tell the operators, and keep your copies of checkpoints.'],
});
