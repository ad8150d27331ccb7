import { createHash } from 'node:crypto';
import type { Digest } from '../kernel/digest.js';
import { consistencyRanges, inclusionRanges } from './merkle-ranges.js';

/**
 * The Merkle tree of RFC 6962 (section 2.1; the same in RFC 9162): leaf hash `SHA-256(0x00 ‖ data)`, node hash
 * `SHA-256(0x01 ‖ left ‖ right)`, split at the largest power of two below the size. Leaves are the data, not hashes.
 */
export const merkleRoot = (leaves: readonly Uint8Array[]): Digest => asDigest(treeHash(leaves.map(leafHash)));

/**
 * The path that proves that leaf `index` stands in the tree of `leaves`, from the leaf's neighbour upwards.
 * @throws LifecycleError INVALID_INPUT where there is no such leaf.
 */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Digest[] {
  const hashes = leaves.map(leafHash);
  return inclusionRanges(index, leaves.length).map(({ from, to }) => asDigest(treeHash(hashes.slice(from, to))));
}

/**
 * Proof that the tree of the first `oldSize` leaves is a prefix of the tree of all `leaves`.
 * @throws LifecycleError INVALID_INPUT for an old size that is not in 1 … leaves.length.
 */
export function consistencyProof(leaves: readonly Uint8Array[], oldSize: number): Digest[] {
  const hashes = leaves.map(leafHash);
  return consistencyRanges(oldSize, leaves.length).map(({ from, to }) => asDigest(treeHash(hashes.slice(from, to))));
}

export const leafHash = (data: Uint8Array): Buffer => createHash('sha256').update(LEAF).update(data).digest();

export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  createHash('sha256').update(NODE).update(left).update(right).digest();

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);
const asDigest = (hash: Buffer): Digest => `sha256:${hash.toString('hex')}`;

/** The root over leaf hashes. */
export function treeHash(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return createHash('sha256').digest();
  let level = [...hashes];
  while (level.length > 1) level = joinPairs(level);
  return level[0] as Buffer;
}

/** One level up: neighbours joined, a last one without a neighbour handed on as it is. Equals the recursive form. */
function joinPairs(level: readonly Buffer[]): Buffer[] {
  const above: Buffer[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left, right] = [level[at] as Buffer, level[at + 1]];
    above.push(right === undefined ? left : nodeHash(left, right));
  }
  return above;
}
