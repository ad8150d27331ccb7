import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consistencyProof, inclusionProof, leafHash, merkleRoot } from '../../../domain/evidence/merkle.js';
import { verifyConsistency, verifyInclusion } from '../../../domain/evidence/merkle-verify.js';
import type { Digest } from '../../../domain/kernel/digest.js';

/** The vectors of the reference implementation of Certificate Transparency (google/certificate-transparency). */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (hex) => Buffer.from(hex, 'hex'),
);
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const hexOf = (digests: Digest[]) => digests.map((digest) => digest.slice(7));

describe('the known answers of certificate transparency', () => {
  test.each(ROOTS.map((root, size) => [size, root] as const))('the root of %d leaves', (size, root) => {
    expect(merkleRoot(LEAVES.slice(0, size))).toBe(`sha256:${root}`);
  });

  test('inclusion of the sixth of eight leaves', () => {
    expect(hexOf(inclusionProof(LEAVES, 5))).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });

  test('consistency of six leaves with eight', () => {
    expect(hexOf(consistencyProof(LEAVES, 6))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });
});

const anyLeaves = fc.array(fc.uint8Array({ maxLength: 8 }), { minLength: 1, maxLength: 70 });
const anyLeafOf = anyLeaves.chain((leaves) => fc.tuple(fc.constant(leaves), fc.nat(leaves.length - 1)));
const OTHER: Digest = `sha256:${'0'.repeat(64)}`;

describe('proofs', () => {
  test('of inclusion hold for their leaf and fail for anything else', () => {
    fc.assert(
      fc.property(anyLeafOf, ([leaves, index]) => {
        const proof = inclusionProof(leaves, index);
        const claim = {
          leafHash: leafHash(leaves[index] as Uint8Array),
          index,
          size: leaves.length,
          proof,
          root: merkleRoot(leaves),
        };
        expect(verifyInclusion(claim)).toBe(true);
        expect(verifyInclusion({ ...claim, leafHash: leafHash(Buffer.from('another leaf')) })).toBe(false);
        expect(verifyInclusion({ ...claim, root: OTHER })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: [...proof, OTHER] })).toBe(false);
        expect(verifyInclusion({ ...claim, index: leaves.length })).toBe(false);
        if (proof.length > 0) expect(verifyInclusion({ ...claim, proof: proof.slice(1) })).toBe(false);
      }),
    );
  });

  test('of consistency hold for a prefix and fail for anything else', () => {
    fc.assert(
      fc.property(anyLeafOf, ([leaves, index]) => {
        const oldSize = index + 1;
        const [oldRoot, newRoot] = [merkleRoot(leaves.slice(0, oldSize)), merkleRoot(leaves)];
        const proof = consistencyProof(leaves, oldSize);
        const claim = { oldSize, oldRoot, newSize: leaves.length, newRoot, proof };
        expect(verifyConsistency(claim)).toBe(true);
        expect(verifyConsistency({ ...claim, oldRoot: OTHER })).toBe(false);
        expect(verifyConsistency({ ...claim, newRoot: OTHER })).toBe(false);
        expect(verifyConsistency({ ...claim, proof: [...proof, OTHER] })).toBe(false);
        if (proof.length > 0) expect(verifyConsistency({ ...claim, proof: proof.slice(1) })).toBe(false);
      }),
    );
  });

  test('are refused for leaves and sizes that are not there', () => {
    expect(() => inclusionProof(LEAVES, 8)).toThrow('There is no leaf 8 in a tree of 8 leaves.');
    expect(() => consistencyProof(LEAVES, 0)).toThrow('There is no tree of size 0 in a tree of 8 leaves.');
  });
});
