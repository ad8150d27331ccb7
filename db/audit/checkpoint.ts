import type { KeyObject } from 'node:crypto';
import { asc, gte } from 'drizzle-orm';
import { auditCheckpoint, auditLeaf } from '../schema/audit.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';
import { CompactRange } from './compact-range.js';
import { signNote } from './signed-note.js';

export interface Checkpoint {
  size: number;
  root: Buffer;
  /** c2sp.org/tlog-checkpoint in a c2sp.org/signed-note. */
  note: string;
}

const PAGE = 10_000;

/**
 * Makes the function that signs the log as it stands and stores the note. It keeps the tree's right edge in memory, so
 * that only new leaves are read; after a start it reads the leaf hashes once.
 * @param origin names the log and its key, e.g. `assay.example.com/log`; no spaces, no `+`.
 * @returns undefined while there is no leaf, or none since the last checkpoint of this process.
 */
export function createCheckpointer(
  db: Database,
  { origin, privateKey }: { origin: string; privateKey: KeyObject },
): () => Promise<Checkpoint | undefined> {
  const range = new CompactRange();
  let signedSize = 0;
  return () =>
    withDatabaseErrors(async () => {
      await readNewLeaves(db, range);
      if (range.size === signedSize) return undefined;
      const root = Buffer.from(range.root());
      const note = signNote(`${origin}\n${range.size}\n${root.toString('base64')}\n`, origin, privateKey);
      await db.insert(auditCheckpoint).values({ size: range.size, root, note }).onConflictDoNothing();
      signedSize = range.size;
      return { size: range.size, root, note };
    });
}

async function readNewLeaves(db: Database, range: CompactRange): Promise<void> {
  for (;;) {
    const leaves = await db
      .select({ leafHash: auditLeaf.leafHash })
      .from(auditLeaf)
      .where(gte(auditLeaf.leafIndex, range.size))
      .orderBy(asc(auditLeaf.leafIndex))
      .limit(PAGE);
    for (const leaf of leaves) range.append(leaf.leafHash);
    if (leaves.length < PAGE) return;
  }
}
