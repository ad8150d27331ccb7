import { beforeAll, describe, expect, it } from 'vitest';
import { createLogTree, type LogTree } from '../../db/audit/log-tree.js';
import { auditLeaf } from '../../db/schema/audit.js';
import { verifyConsistency, verifyInclusion } from '../../domain/evidence/merkle-verify.js';
import { treeHash } from '../../domain/evidence/merkle.js';
import type { Digest } from '../../domain/kernel/digest.js';
import { chainAll } from '../support/chained-log.js';
import { ownDatabase } from '../support/own-database.js';

const digest = (hash: Buffer): Digest => `sha256:${hash.toString('hex')}`;

describe('proofs over the log on file', () => {
  const opened = ownDatabase();
  let hashes: Buffer[];
  let tree: LogTree;

  beforeAll(async () => {
    await opened.pool.query(
      `insert into audit_event (actor, action, subject, event_key)
       select 'test', 'run.began', n::text, 'test/' || n from generate_series(1, 3100) n`,
    );
    await chainAll(opened.db);
    const leaves = await opened.db.select().from(auditLeaf).orderBy(auditLeaf.leafIndex);
    hashes = leaves.map(({ leafHash }) => leafHash);
    tree = createLogTree(opened.db);
  });

  const rootAt = (size: number): Buffer => treeHash(hashes.slice(0, size));

  it('of inclusion hold in trees of every kind of size: below, at and beyond blocks of a thousand', async () => {
    const sizes = [1, 2, 3, 1000, 1023, 1024, 1025, 2047, 2048, 2049, 3072, hashes.length];
    for (const size of sizes) {
      for (const index of new Set([0, 1, 511, 1023, 1024, 2000, 2048, size - 2, size - 1])) {
        if (index < 0 || index >= size) continue;
        const { leafHash, root, proof } = await tree.inclusion(index, size);
        expect(root.equals(rootAt(size)), `root of ${size}`).toBe(true);
        expect(leafHash.equals(hashes[index]!)).toBe(true);
        const claim = { leafHash, index, size, proof: proof.map(digest), root: digest(rootAt(size)) };
        expect(verifyInclusion(claim), `leaf ${index} of ${size}`).toBe(true);
      }
    }
  });

  it('of consistency hold between any two sizes', async () => {
    const sizes = [1, 2, 700, 1023, 1024, 1025, 2048, 3000, 3072, hashes.length];
    for (const from of sizes) {
      for (const to of sizes.filter((size) => size >= from)) {
        const { fromRoot, toRoot, proof } = await tree.consistency(from, to);
        expect([fromRoot.equals(rootAt(from)), toRoot.equals(rootAt(to))]).toEqual([true, true]);
        const claim = { oldSize: from, oldRoot: digest(fromRoot), newSize: to, newRoot: digest(toRoot) };
        expect(verifyConsistency({ ...claim, proof: proof.map(digest) }), `${from} and ${to}`).toBe(true);
      }
    }
  });

  it('asked for at the same time by many, from the first one on', async () => {
    const fresh = createLogTree(opened.db);
    const size = hashes.length;
    const proofs = await Promise.all(Array.from({ length: 40 }, (_, at) => fresh.inclusion(at * 70, size)));
    expect(proofs.every(({ root }) => root.equals(rootAt(size)))).toBe(true);
  });

  it('are refused for leaves and sizes that are not there', async () => {
    await expect(tree.inclusion(5, 5)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(tree.consistency(0, 5)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(tree.inclusion(5, hashes.length + 1)).rejects.toMatchObject({ code: 'ARTIFACT' });
  });
});
