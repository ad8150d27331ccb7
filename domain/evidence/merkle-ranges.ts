import { LifecycleError } from '../kernel/errors.js';

/** Leaves `from` (included) to `to` (not included), whose root is one step of a proof. */
export interface LeafRange {
  from: number;
  to: number;
}

/**
 * The subtrees whose roots are the inclusion proof of a leaf, from its neighbour upwards: PATH of RFC 6962, 2.1.1.
 * @throws LifecycleError INVALID_INPUT where there is no such leaf.
 */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  if (!Number.isInteger(index) || index < 0 || index >= size) throw noSuchTree('leaf', index, size);
  return path(index, { from: 0, to: size });
}

/**
 * The subtrees whose roots are the proof that the tree of `oldSize` is a prefix of that of `size`: PROOF of RFC 6962,
 * 2.1.2.
 * @throws LifecycleError INVALID_INPUT for an old size that is not in 1 … size.
 */
export function consistencyRanges(oldSize: number, size: number): LeafRange[] {
  if (!Number.isInteger(oldSize) || oldSize < 1 || oldSize > size) throw noSuchTree('tree of size', oldSize, size);
  return subProof(oldSize, { from: 0, to: size }, true);
}

function path(index: number, { from, to }: LeafRange): LeafRange[] {
  if (to - from === 1) return [];
  const middle = splitPoint(from, to);
  return index < middle
    ? [...path(index, { from, to: middle }), { from: middle, to }]
    : [...path(index, { from: middle, to }), { from, to: middle }];
}

/** `oldEnd` is where the old tree ends among all leaves. */
function subProof(oldEnd: number, { from, to }: LeafRange, isWholeOldTree: boolean): LeafRange[] {
  if (oldEnd === to) return isWholeOldTree ? [] : [{ from, to }];
  const middle = splitPoint(from, to);
  return oldEnd <= middle
    ? [...subProof(oldEnd, { from, to: middle }, isWholeOldTree), { from: middle, to }]
    : [...subProof(oldEnd, { from: middle, to }, false), { from, to: middle }];
}

/** The largest power of two that is smaller than the number of leaves (at least 2), counted from the first of them. */
const splitPoint = (from: number, to: number): number => from + 2 ** Math.floor(Math.log2(to - from - 1));

const noSuchTree = (what: string, number: number, size: number): LifecycleError =>
  new LifecycleError('INVALID_INPUT', `There is no ${what} ${number} in a tree of ${size} leaves.`, { number, size });
