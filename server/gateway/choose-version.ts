import { createHash } from 'node:crypto';
import type { AliasRoute } from '../../domain/ports/registry-store.js';

/** Shares of an alias are cut from this many buckets: a hundredth of a percent each. */
const BUCKETS = 10_000;

/** The bucket of a key, the same in every process: the first 48 bits of SHA-256 over alias and key. */
function bucketOf(alias: string, key: string): number {
  const hash = createHash('sha256').update(alias).update('\0').update(key).digest();
  return hash.readUIntBE(0, 6) % BUCKETS;
}

/**
 * The version that answers this key, or undefined where the alias serves nothing. The champion comes first and the
 * others after it by name, so that a growing share of a candidate only adds keys to it and takes none away.
 */
export function chooseVersion(route: AliasRoute, key: string): string | undefined {
  const shares = route.routes.filter(({ weight }) => weight > 0).sort(championFirst(route.champion));
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  const point = (bucketOf(route.alias, key) / BUCKETS) * total;
  let end = 0;
  for (const { versionId, weight } of shares) {
    end += weight;
    if (point < end) return versionId;
  }
  return undefined;
}

type Share = AliasRoute['routes'][number];

const championFirst =
  (champion: string | null) =>
  (a: Share, b: Share): number =>
    Number(b.versionId === champion) - Number(a.versionId === champion) || (a.versionId < b.versionId ? -1 : 1);
