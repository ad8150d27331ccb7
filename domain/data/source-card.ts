import { canonicalJson } from '../evidence/canonical.js';
import { merkleRoot } from '../evidence/merkle.js';
import type { Digest } from '../kernel/digest.js';
import type { SourceSpec } from '../lifecycle-file/plan.js';
import type { SourceClaims } from '../ports/source.js';
import { compareText, type BrokenReason, type ParsedRecord } from './parsed-record.js';
import { judgePeriodClaim, type JudgedClaim } from './period-claim.js';

/**
 * What is known of a source: what it and the lifecycle file claim, beside what its records show. The body of evidence
 * of kind `source-card`, so nothing in it says when it was fetched.
 */
export interface SourceCard {
  id: string;
  uri: string;
  format: SourceSpec['format'];
  /** Where it came from, as found: e.g. package, version, integrity hash. */
  origin: Record<string, string>;
  description: string | null;
  /** Licences as the source states them, verbatim. */
  licences: string[];
  declared: { origin: SourceSpec['origin']; basis: string; licence: string | null; evidence: Digest | null };
  claims: JudgedClaim[];
  /** All records of the source, whether of the asked period or not. */
  counts: {
    records: number;
    bytes: number;
    broken: Partial<Record<BrokenReason, number>>;
    folders: Record<string, number>;
  };
  /** First and last time that the records show, ISO 8601 in UTC; a time that only a sender wrote does not count. */
  period: { first: string | null; last: string | null };
  /** RFC 6962 root over `{"digest":…,"path":…}` of every record as it came, by path. */
  rawDigest: Digest;
}

export function buildSourceCard(spec: SourceSpec, claims: SourceClaims, records: readonly ParsedRecord[]): SourceCard {
  const times = records.flatMap(({ at, atBasis }) => (at === null || atBasis === 'date' ? [] : [at])).sort(compareText);
  return {
    id: spec.id,
    uri: claims.uri,
    format: spec.format,
    origin: claims.origin,
    description: claims.description,
    licences: claims.licences,
    declared: { origin: spec.origin, ...declaredRights(spec) },
    claims: spec.claims.map((claim) => judgePeriodClaim(claim, records)),
    counts: {
      records: records.length,
      bytes: records.reduce((sum, { bytes }) => sum + bytes, 0),
      broken: countBy(records.flatMap(({ broken }) => (broken === null ? [] : [broken]))),
      folders: countBy(records.map(({ path }) => path.slice(0, Math.max(0, path.lastIndexOf('/'))))),
    },
    period: { first: times[0] ?? null, last: times.at(-1) ?? null },
    rawDigest: rawDigestOf(records),
  };
}

const declaredRights = ({ rights }: SourceSpec) => ({
  basis: rights.basis,
  licence: rights.licence,
  evidence: rights.evidence?.digest ?? null,
});

const rawDigestOf = (records: readonly ParsedRecord[]): Digest =>
  merkleRoot(
    records
      .toSorted((left, right) => compareText(left.path, right.path))
      .map(({ digest, path }) => Buffer.from(canonicalJson({ digest, path }))),
  );

function countBy<Name extends string>(names: readonly Name[]): Record<Name, number> {
  const counts = new Map<Name, number>();
  for (const name of names.toSorted(compareText)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts) as Record<Name, number>;
}
