import type { KeyObject } from 'node:crypto';
import { asc, desc, gte } from 'drizzle-orm';
import { checkpointText } from '../../domain/audit/checkpoint-note.js';
import { signNote, verifierKey } from '../../domain/audit/signed-note.js';
import { CompactRange } from '../../domain/evidence/compact-range.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { auditCheckpoint, auditKey, auditLeaf } from '../schema/audit.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';

export interface Checkpoint {
  size: number;
  root: Buffer;
  /** c2sp.org/tlog-checkpoint in a c2sp.org/signed-note. */
  note: string;
}

const PAGE = 10_000;

/**
 * Makes the function that signs the log as it stands and stores the note. It keeps the tree's right edge in memory, so
 * that only new leaves are read; after a start it reads the leaf hashes once, and signs nothing where the log does not
 * hold the last checkpoint that was signed.
 * @param origin names the log and its key, e.g. `assay.example.com/log`; no spaces, no `+`.
 * One call after the other: whoever asks meanwhile waits.
 * @returns undefined while there is no leaf, or none since the last checkpoint of this process.
 */
export function createCheckpointer(
  db: Database,
  { origin, privateKey }: { origin: string; privateKey: KeyObject },
): () => Promise<Checkpoint | undefined> {
  let range: CompactRange | undefined;
  let signedSize = 0;

  async function begin(): Promise<CompactRange> {
    await db
      .insert(auditKey)
      .values({ vkey: verifierKey(origin, privateKey), origin })
      .onConflictDoNothing();
    return readSigned(db);
  }

  async function sign(): Promise<Checkpoint | undefined> {
    range ??= await begin();
    await readNewLeaves(db, range);
    const { size } = range;
    if (size === signedSize) return undefined;
    const root = Buffer.from(range.root());
    const note = signNote(checkpointText({ origin, size, root }), origin, privateKey);
    await db.insert(auditCheckpoint).values({ size, root, note }).onConflictDoNothing();
    signedSize = size;
    return { size, root, note };
  }

  let before: Promise<unknown> = Promise.resolve();
  return () => {
    const signed = before.then(() => withDatabaseErrors(sign));
    before = signed.catch(() => undefined);
    return signed;
  };
}

/** The leaves under the last checkpoint on file. @throws LifecycleError ARTIFACT where they are not those it signs */
async function readSigned(db: Database): Promise<CompactRange> {
  const range = new CompactRange();
  const [last] = await db.select().from(auditCheckpoint).orderBy(desc(auditCheckpoint.size)).limit(1);
  if (last === undefined) return range;
  await readNewLeaves(db, range, last.size);
  if (range.size !== last.size || !last.root.equals(range.root()))
    throw new LifecycleError(
      'ARTIFACT',
      `The audit log was altered: it does not hold its checkpoint of size ${last.size}. Nothing more is signed; export it and run "assay audit verify".`,
      { size: last.size },
    );
  return range;
}

async function readNewLeaves(db: Database, range: CompactRange, upTo = Number.POSITIVE_INFINITY): Promise<void> {
  for (;;) {
    const limit = Math.min(PAGE, upTo - range.size);
    const leaves = await db
      .select({ leafHash: auditLeaf.leafHash })
      .from(auditLeaf)
      .where(gte(auditLeaf.leafIndex, range.size))
      .orderBy(asc(auditLeaf.leafIndex))
      .limit(limit);
    for (const leaf of leaves) range.append(leaf.leafHash);
    if (leaves.length < PAGE) return;
  }
}
