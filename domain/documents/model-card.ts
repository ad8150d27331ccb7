import type { ModelCard } from '../api/model-card.js';
import { disclosed } from '../checklist/base-card.js';
import { answerChecklist } from '../checklist/checklist.js';
import type { ChecklistFacts } from '../checklist/facts.js';
import { gapsOf } from './gaps.js';

/** The model card of a version (after Mitchell et al., 2019), from evidence: the same facts give the same card. */
export function modelCard(facts: ChecklistFacts): ModelCard {
  const { plan, evidence, approval } = facts;
  const checklist = answerChecklist(facts);
  return {
    format: 'assay/model-card/v1',
    model: modelOf(facts),
    baseModel: baseModelOf(facts),
    training: trainingOf(facts),
    untrained: evidence.baseModel === null ? null : { evidence: evidence.baseModel.id },
    data: {
      evidence: evidence.dataset?.id ?? null,
      sources: evidence.sourceCards.map(({ body }) => body.id),
      splits: evidence.dataset?.body.splits ?? [],
    },
    evaluations: evaluationsOf(facts),
    gates: (evidence.gates?.body ?? []).map(({ gate, verdict, reason }) => ({ ...gate, verdict, reason })),
    approval,
    deployment: facts.periods,
    monitoring: monitoringOf(facts),
    disclosure: plan.deploy.disclosure,
    checklist,
    gaps: gapsOf(checklist),
  };
}

function modelOf({ version, plan, planDigest, requestedBy }: ChecklistFacts): ModelCard['model'] {
  const { id, name, number, runId, trained } = version;
  const { provider, model: providerModel, weights } = trained;
  const { purpose, owners } = plan;
  return {
    id,
    name,
    number,
    purpose,
    owners,
    runId,
    requestedBy,
    planDigest,
    provider,
    providerModel,
    weights: weights?.digest ?? null,
    prompt: trained.prompt ?? null,
  };
}

function baseModelOf({ version, plan }: ChecklistFacts): ModelCard['baseModel'] {
  const { card } = plan.model.base;
  const said = (part: Parameters<typeof disclosed>[1]): string | null => disclosed(card, part)?.join(' ') ?? null;
  return {
    id: version.baseModel,
    description: said('description'),
    trainingData: said('trainingData'),
    licence: said('licence'),
    limitations: disclosed(card, 'limitations') ?? [],
    guarantees: said('guarantees'),
    retirement: said('retirement'),
  };
}

function trainingOf({ evidence, fineTuneMilliseconds }: ChecklistFacts): ModelCard['training'] {
  if (evidence.training === null) return null;
  const { id, body } = evidence.training;
  const losses = body.losses.flatMap(({ loss }) => loss ?? []);
  return {
    evidence: id,
    dataset: body.dataset,
    seed: body.train.seed ?? null,
    hyperparameters: body.train.hyperparameters,
    trainedTokens: body.trainedTokens,
    fineTuneMilliseconds,
    steps: losses.length,
    firstLoss: losses[0] ?? null,
    lastLoss: losses.at(-1) ?? null,
  };
}

const evaluationsOf = ({ evidence }: ChecklistFacts): ModelCard['evaluations'] =>
  evidence.evaluations.flatMap(({ id, body }) =>
    body.scores.map(({ metric, candidate }) => ({
      evidence: id,
      task: body.task.id,
      taskVersion: body.task.version,
      scorer: body.task.scorer,
      dataset: body.dataset,
      metric,
      measured: candidate,
    })),
  );

const monitoringOf = ({ windows, quality }: ChecklistFacts): ModelCard['monitoring'] => ({
  windows: windows.length,
  drifted: windows.filter(({ verdict }) => verdict === 'drift').length,
  last: windows.at(-1)?.at ?? null,
  quality: quality?.body.measured ?? null,
});
