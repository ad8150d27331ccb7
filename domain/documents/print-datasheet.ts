import type { Datasheet } from '../api/datasheet.js';
import { canonicalJson } from '../evidence/canonical.js';
import { answerTable, gapLines } from './answers.js';
import { countsInWords, inline, listed, section, table } from './markdown.js';
import { splitTable } from './print-model-card.js';

const GAP = 'not on record';

/** A datasheet as Markdown, in lines. Gaps stand first and again where their part would be. */
export const printDatasheet = (sheet: Datasheet): string[] => [
  `# Datasheet: the data of ${inline(sheet.model)}`,
  '',
  inline(sheet.purpose),
  ...section('What is not known', gapLines(sheet.gaps)),
  ...(sheet.sources.length === 0 ? section('Sources', [`**${GAP}**`]) : sheet.sources.flatMap(sourceSection)),
  ...section('Curation', curationLines(sheet)),
  ...section('Splits', splitTable(sheet.dataset?.splits ?? [])),
  ...section('Questions', answerTable(sheet.answers)),
];

type Source = Datasheet['sources'][number];

const sourceSection = (source: Source): string[] =>
  section(`Source: ${inline(source.id)}`, [
    ...listed(
      [
        ['From', `${source.uri} (${source.format})`],
        ['As found', words(source.origin)],
        ['Described by itself as', source.description],
        ['Made by, as claimed', source.declared.origin === 'unknown' ? null : source.declared.origin],
        ['Right to use it, as claimed', rights(source)],
        ['Licences that it states', source.licences.join('; ') || null],
        ['Labels', source.labels === null ? null : LABELS[source.labels]],
        ['Records', `${source.records} (${source.bytes} bytes)`],
        ['Broken', countsInWords(source.broken) || 'none'],
        ['Dates in the records', range(source.period.first, source.period.last)],
        ['Asked for', source.asked === null ? null : (range(source.asked.from, source.asked.until) ?? 'all')],
        ['Sealed as', source.rawDigest],
        ['Evidence', source.evidence],
      ],
      GAP,
    ),
    '',
    ...table(
      ['what it claims of itself', 'held against its records'],
      source.claims.map(({ statement, verdict }) => [statement, verdict]),
      'It makes no claim that was held against its records.',
    ),
  ]);

const LABELS = { path: 'by the folder that a record lies in', feedback: 'by what people said in service' };

const words = (origin: Readonly<Record<string, string>>): string | null =>
  Object.entries(origin)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name} ${value}`)
    .join(', ') || null;

function rights({ declared }: Source): string | null {
  if (declared.basis === 'unknown') return null;
  const document = declared.evidence === null ? 'without a document' : `document ${declared.evidence}`;
  return [declared.basis, ...(declared.licence === null ? [] : [declared.licence]), document].join(', ');
}

const range = (from: string | null, until: string | null): string | null =>
  from === null && until === null ? null : `${from ?? 'the beginning'} to ${until ?? 'the end'}`;

function curationLines({ dataset }: Datasheet): string[] {
  if (dataset === null) return [`**${GAP}**`];
  const { read, used, unused, steps, evidence } = dataset;
  return listed(
    [
      ['Records', `${read} read, ${used} used`],
      ['Left out, by reason', countsInWords(unused) || 'none'],
      ['Steps', steps.map(canonicalJson).join(', ') || 'none'],
      ['Evidence', evidence],
    ],
    GAP,
  );
}
