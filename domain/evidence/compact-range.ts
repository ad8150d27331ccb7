import { createHash } from 'node:crypto';
import { nodeHash } from './merkle.js';

/**
 * The right edge of a growing Merkle tree: the roots of its perfect subtrees, largest first. Appending a leaf and
 * taking the root cost O(log n); the root is that of RFC 6962 over all leaf hashes appended.
 */
export class CompactRange {
  private readonly peaks: Uint8Array[] = [];
  private count = 0;

  get size(): number {
    return this.count;
  }

  append(leafHash: Uint8Array): void {
    let node = leafHash;
    for (let bits = this.count; bits % 2 === 1; bits = (bits - 1) / 2) {
      const left = this.peaks.pop();
      if (left !== undefined) node = nodeHash(left, node);
    }
    this.peaks.push(node);
    this.count += 1;
  }

  root(): Uint8Array {
    const last = this.peaks.at(-1);
    if (last === undefined) return createHash('sha256').digest();
    return this.peaks.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
  }
}
