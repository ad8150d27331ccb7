import { and, asc, gte, lt, sql } from 'drizzle-orm';
import { consistencyRanges, inclusionRanges, type LeafRange } from '../../domain/evidence/merkle-ranges.js';
import { treeHash } from '../../domain/evidence/merkle.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';
import { auditLeaf } from '../schema/audit.js';

/** Leaves whose root is remembered: a power of two. */
const BLOCK = 1024;
const BLOCKS_A_PAGE = 16;

export interface LogTree {
  /** The number of entries that are chained. */
  size(): Promise<number>;
  inclusion(leaf: number, size: number): Promise<{ leafHash: Buffer; root: Buffer; proof: Buffer[] }>;
  consistency(from: number, to: number): Promise<{ fromRoot: Buffer; toRoot: Buffer; proof: Buffer[] }>;
}

/**
 * Proofs over the leaf hashes on file. The roots of whole blocks of 1,024 leaves are remembered (32 bytes for each
 * block), so a proof reads a few blocks: that of the leaf and the last of the tree. The first proof after a start reads
 * every leaf hash once, 16,384 at a time; none ever holds more.
 */
export function createLogTree(db: Database): LogTree {
  const blocks: Buffer[] = [];
  let filling: Promise<void> = Promise.resolve();

  const read = async ({ from, to }: LeafRange): Promise<Buffer[]> => {
    const leaves = await db
      .select({ leafHash: auditLeaf.leafHash })
      .from(auditLeaf)
      .where(and(gte(auditLeaf.leafIndex, from), lt(auditLeaf.leafIndex, to)))
      .orderBy(asc(auditLeaf.leafIndex));
    if (leaves.length !== to - from) throw incomplete({ from, to });
    return leaves.map(({ leafHash }) => leafHash);
  };

  async function rememberBlocks(count: number): Promise<void> {
    while (blocks.length < count) {
      const first = blocks.length;
      const last = Math.min(first + BLOCKS_A_PAGE, count);
      const leaves = await read({ from: first * BLOCK, to: last * BLOCK });
      for (let at = 0; at < leaves.length; at += BLOCK) blocks.push(treeHash(leaves.slice(at, at + BLOCK)));
    }
  }

  /** One at a time: two that fill would add the same blocks twice. */
  const whole = (count: number): Promise<void> =>
    (filling = filling.catch(() => undefined).then(() => rememberBlocks(count)));

  /** The root of a subtree of the log's tree: whole blocks from memory, the rest from the database. */
  async function rootOf({ from, to }: LeafRange): Promise<Buffer> {
    if (to - from < BLOCK) return treeHash(await read({ from, to }));
    const full = Math.floor(to / BLOCK);
    await whole(full);
    const rest = to % BLOCK === 0 ? [] : [treeHash(await read({ from: full * BLOCK, to }))];
    return treeHash([...blocks.slice(from / BLOCK, full), ...rest]);
  }

  const roots = (ranges: readonly LeafRange[]): Promise<Buffer[]> => Promise.all(ranges.map(rootOf));

  return {
    size: () =>
      withDatabaseErrors(async () => {
        const [row] = await db
          .select({ size: sql<number>`coalesce(max(${auditLeaf.leafIndex}) + 1, 0)::float8` })
          .from(auditLeaf);
        return row?.size ?? 0;
      }),
    inclusion: (leaf, size) =>
      withDatabaseErrors(async () => {
        const [leafHash, root, ...proof] = await roots([
          { from: leaf, to: leaf + 1 },
          { from: 0, to: size },
          ...inclusionRanges(leaf, size),
        ]);
        return { leafHash: leafHash!, root: root!, proof };
      }),
    consistency: (from, to) =>
      withDatabaseErrors(async () => {
        const [fromRoot, toRoot, ...proof] = await roots([
          { from: 0, to: from },
          { from: 0, to },
          ...consistencyRanges(from, to),
        ]);
        return { fromRoot: fromRoot!, toRoot: toRoot!, proof };
      }),
  };
}

const incomplete = ({ from, to }: LeafRange): LifecycleError =>
  new LifecycleError('ARTIFACT', `The audit log lacks entries between ${from} and ${to - 1}: it was altered.`, {
    from,
    to,
  });
