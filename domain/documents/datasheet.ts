import type { Datasheet } from '../api/datasheet.js';
import { answerChecklist } from '../checklist/checklist.js';
import type { ChecklistFacts } from '../checklist/facts.js';
import { DATA_QUESTIONS } from '../kernel/states.js';
import { gapsOf } from './gaps.js';

/** The datasheet of a version's data (after Gebru et al., 2018), from evidence. It holds counts, no record. */
export function datasheet(facts: ChecklistFacts): Datasheet {
  const { version, plan, evidence } = facts;
  const asked = new Set<string>(DATA_QUESTIONS);
  const answers = answerChecklist(facts).filter(({ question }) => asked.has(question));
  return {
    format: 'assay/datasheet/v1',
    model: version.id,
    purpose: plan.purpose,
    runId: version.runId,
    sources: evidence.sourceCards.map((card) => sourceOf(card, plan)),
    dataset: datasetOf(facts),
    answers,
    gaps: gapsOf(answers),
  };
}

function sourceOf(
  { id, body }: ChecklistFacts['evidence']['sourceCards'][number],
  plan: ChecklistFacts['plan'],
): Datasheet['sources'][number] {
  const { counts, ...card } = body;
  const spec = plan.data.sources.find((source) => source.id === body.id);
  const { records, bytes, broken } = counts;
  return {
    ...card,
    evidence: id,
    records,
    bytes,
    broken,
    labels: spec?.labels.by ?? null,
    asked: spec?.period ?? null,
  };
}

function datasetOf({ evidence }: ChecklistFacts): Datasheet['dataset'] {
  if (evidence.dataset === null) return null;
  const { id, body } = evidence.dataset;
  const { counts, steps, splits } = body;
  return { evidence: id, read: counts.read, used: counts.used, unused: counts.unused, steps, splits };
}
