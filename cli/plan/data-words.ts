import type { CurateStep, SourceSpec } from '../../domain/lifecycle-file/plan.js';
import { percent } from './percent.js';

const MADE_BY: Record<SourceSpec['origin'], string> = {
  human: 'made by people',
  synthetic: 'synthetic',
  mixed: 'partly synthetic',
  unknown: 'of unknown origin',
};

/** `mail-past: npm:… (eml), made by people, by licence PDDL-1.0, until 2002-08-22, labels by path` */
export function sourceInWords(source: SourceSpec): string {
  const parts = [
    `${source.uri} (${source.format})`,
    MADE_BY[source.origin],
    rightsInWords(source.rights),
    ...periodInWords(source.period),
    labelsInWords(source.labels),
  ];
  return `${source.id}: ${parts.join(', ')}`;
}

function rightsInWords({ basis, licence, evidence }: SourceSpec['rights']): string {
  if (basis === 'unknown') return 'rights unknown';
  const right = basis === 'own' ? 'own data' : `by ${basis}`;
  const named = licence === null ? right : `${right} ${licence}`;
  return `${named} (${evidence === null ? 'without evidence' : evidence.path})`;
}

const periodInWords = ({ from, until }: SourceSpec['period']): string[] => [
  ...(from === null ? [] : [`from ${shortInstant(from)}`]),
  ...(until === null ? [] : [`until ${shortInstant(until)}`]),
];

const shortInstant = (instant: string): string => instant.replace(/T00:00:00\.000Z$/, '');

function labelsInWords(labels: SourceSpec['labels']): string {
  if (labels.by === 'feedback') return `labels from what the users of ${labels.alias} say`;
  const values = new Set(labels.rules.map(({ label }) => label));
  return `labels ${[...values].join(', ')} by path`;
}

/** What a step of curation does, for people. */
export function curateInWords(step: CurateStep): string {
  if (step.step === 'dedupe') return 'of records with the same text one stays';
  const { source, train, test } = step;
  if (step.by === 'time') return `${source}: oldest ${percent(train)} train, latest ${percent(test)} test`;
  const stratified = step.stratify === null ? '' : ', each label in like measure';
  const parts = `${percent(train)} train, ${percent(step.validation)} validation, ${percent(test)} test`;
  return `${source}: ${parts}, at random by group${stratified}, seed ${step.seed}`;
}
