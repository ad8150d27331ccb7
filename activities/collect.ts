import { parseRecord } from '../domain/data/parse-record.js';
import type { ParsedRecord } from '../domain/data/parsed-record.js';
import { buildSourceCard, type SourceCard } from '../domain/data/source-card.js';
import { digestOf } from '../domain/evidence/canonical.js';
import type { Evidence } from '../domain/evidence/evidence.js';
import type { Digest } from '../domain/kernel/digest.js';
import type { SourceSpec } from '../domain/lifecycle-file/plan.js';
import { PRODUCERS } from '../domain/producers.js';
import type { ArtifactStore } from '../domain/ports/artifact-store.js';
import type { EffectLedger, EvidenceStore, RunRecord, RunStore } from '../domain/ports/run-store.js';
import type { RawRecord, SourcePort } from '../domain/ports/source.js';
import { putLines, readLines, toArray } from './datasets.js';
import { firstResult } from './first-result.js';
import { beating, breathe } from './heartbeat.js';

/** Part of the key under which a parse is kept: raise it when `domain/data` reads records in another way. */
const PARSER_VERSION = 1;
/** How often the worker's other work gets its turn. */
const YIELD_EVERY = 50;

/** One source as it was sealed: raw and parsed records in the artifact store, its card as evidence. */
export interface CollectedSource {
  id: string;
  /** JSONL of `{ path, bytes }`, bytes in base64. */
  raw: Digest;
  /** JSONL of `ParsedRecord`. */
  parsed: Digest;
  card: Digest;
}

interface Dependencies {
  runs: RunStore;
  evidence: EvidenceStore;
  effects: EffectLedger;
  artifacts: ArtifactStore;
  sources: SourcePort;
}

interface SealedRecord {
  path: string;
  bytes: string;
}

/** Fetches sources and seals what came, byte for byte. */
export function createCollectActivities({ runs, evidence, effects, artifacts, sources }: Dependencies) {
  async function collectFormat(run: RunRecord, uri: string, format: SourceSpec['format']): Promise<CollectedSource[]> {
    const specs = run.plan.data.sources.filter((source) => source.uri === uri && source.format === format);
    if (specs.length === 0) return [];
    const opened = await sources.open(uri, format);
    const raw = await artifacts.put(sealed(opened.records));
    const parsed = await parseSealed({ effects, artifacts }, raw.digest, format);
    const collected: CollectedSource[] = [];
    for (const spec of specs) {
      const records = await readParsed(artifacts, parsed, spec.id);
      const card = cardEvidence(raw.digest, buildSourceCard(spec, opened.claims, records));
      collected.push({ id: spec.id, raw: raw.digest, parsed, card: await evidence.keep(run.id, 'collect', card) });
      await breathe(records.length);
    }
    return collected;
  }

  return {
    /** Reads one address once, for all sources of the run that name it. */
    collectSources: ({ runId, uri }: { runId: string; uri: string }): Promise<CollectedSource[]> =>
      beating(async () => {
        const run = await runs.load(runId);
        return [...(await collectFormat(run, uri, 'eml')), ...(await collectFormat(run, uri, 'jsonl'))];
      }),

    async finishCollect({ runId, sources: collected }: { runId: string; sources: CollectedSource[] }): Promise<void> {
      const cards = await Promise.all(collected.map(async ({ card }) => (await evidence.load(card)).body));
      const summary = {
        sources: cards.map((body, index) => {
          const { id, counts, claims, rawDigest } = body as unknown as SourceCard;
          return { id, counts, claims, rawDigest, card: collected[index]!.card };
        }),
      };
      const result = { sources: collected };
      await runs.finishStage({ runId, stage: 'collect', status: 'succeeded', summary, result, evidence: [] });
    },
  };
}

/** Parses sealed records once for each content and format; later runs find the result. */
export async function parseSealed(
  { effects, artifacts }: Pick<Dependencies, 'effects' | 'artifacts'>,
  raw: Digest,
  format: SourceSpec['format'],
): Promise<Digest> {
  const parse = async (): Promise<Digest> => {
    const parsed: ParsedRecord[] = [];
    for await (const { path, bytes } of readLines<SealedRecord>(artifacts, raw)) {
      parsed.push(await parseRecord({ id: '', format }, { path, bytes: Buffer.from(bytes, 'base64') }));
      if (parsed.length % YIELD_EVERY === 0) await breathe(parsed.length);
    }
    return (await putLines(artifacts, parsed)).digest;
  };
  const effect = { key: `parse/${format}/${PARSER_VERSION}/${raw}`, request: digestOf({ raw, format }) };
  const known = await firstResult(effects, effect, parse);
  // Parsing again puts back what was lost from the store: the same bytes.
  return (await artifacts.verify(known)) ? known : parse();
}

/** The parsed records of an address as those of one source. */
export const readParsed = async (artifacts: ArtifactStore, parsed: Digest, source: string): Promise<ParsedRecord[]> =>
  (await toArray(readLines<ParsedRecord>(artifacts, parsed))).map((record) => ({ ...record, source }));

const cardEvidence = (raw: Digest, card: SourceCard): Evidence => ({
  kind: 'source-card',
  subject: raw,
  producer: PRODUCERS.collect,
  inputs: [],
  body: { ...card },
});

async function* sealed(records: AsyncIterable<RawRecord>): AsyncIterable<Uint8Array> {
  let count = 0;
  for await (const { path, bytes } of records) {
    const line: SealedRecord = { path, bytes: Buffer.from(bytes).toString('base64') };
    yield Buffer.from(`${JSON.stringify(line)}\n`);
    if (++count % YIELD_EVERY === 0) await breathe(count);
  }
}
