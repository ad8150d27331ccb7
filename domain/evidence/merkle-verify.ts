import type { Digest } from '../kernel/digest.js';
import { nodeHash } from './merkle.js';

export interface InclusionClaim {
  leafHash: Uint8Array;
  index: number;
  size: number;
  proof: readonly Digest[];
  root: Digest;
}

/** Whether a leaf stands at `index` of the tree with this root (RFC 9162, section 2.1.3.2). */
export function verifyInclusion({ leafHash, index, size, proof, root }: InclusionClaim): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  let [position, last] = [index, size - 1];
  let hash: Buffer = Buffer.from(leafHash);
  for (const step of proof) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(bytesOf(step), hash);
      [position, last] = skipLeftEdge(position, last);
    } else hash = nodeHash(hash, bytesOf(step));
    [position, last] = [half(position), half(last)];
  }
  return last === 0 && hash.equals(bytesOf(root));
}

export interface ConsistencyClaim {
  oldSize: number;
  oldRoot: Digest;
  newSize: number;
  newRoot: Digest;
  proof: readonly Digest[];
}

/** Whether the old tree is a prefix of the new one (RFC 9162, section 2.1.4.2). An old tree of size 0 proves nothing. */
export function verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof }: ConsistencyClaim): boolean {
  if (!isCount(oldSize) || !isCount(newSize) || oldSize < 1 || oldSize > newSize) return false;
  if (oldSize === newSize) return proof.length === 0 && oldRoot === newRoot;
  const [first, ...rest] = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof;
  if (first === undefined) return false;
  let [position, last] = climbToLeftChild(oldSize - 1, newSize - 1);
  let [oldHash, newHash] = [bytesOf(first), bytesOf(first)];
  for (const step of rest.map(bytesOf)) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      [oldHash, newHash] = [nodeHash(step, oldHash), nodeHash(step, newHash)];
      [position, last] = skipLeftEdge(position, last);
    } else newHash = nodeHash(newHash, step);
    [position, last] = [half(position), half(last)];
  }
  return last === 0 && oldHash.equals(bytesOf(oldRoot)) && newHash.equals(bytesOf(newRoot));
}

/** Up the tree until the position is a right child or the left edge. */
function skipLeftEdge(position: number, last: number): [position: number, last: number] {
  return position % 2 === 1 || position === 0 ? [position, last] : skipLeftEdge(half(position), half(last));
}

/** Up the tree while the position is a right child. */
function climbToLeftChild(position: number, last: number): [position: number, last: number] {
  return position % 2 === 1 ? climbToLeftChild(half(position), half(last)) : [position, last];
}

const half = (value: number): number => Math.floor(value / 2);
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(value));
const bytesOf = (digest: Digest): Buffer => Buffer.from(digest.slice('sha256:'.length), 'hex');
