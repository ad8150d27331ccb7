import { counted } from '../checks/counted.js';
import type { Digest } from '../kernel/digest.js';
import { shortDigest } from '../kernel/digest.js';
import type { Finding } from './checklist-answer.js';
import type { ChecklistFacts } from './facts.js';

type MakingFacts = Pick<ChecklistFacts, 'version' | 'plan' | 'evidence' | 'recreation' | 'fineTuneMilliseconds'>;

/** How the model was made: QM4 can it be re-created, QM5 is it transparent, QM6 from which models, QM7 at what expense. */
export const answerMaking = (facts: MakingFacts): Finding[] => [
  answerRecreation(facts),
  answerTransparency(facts),
  answerFoundations(facts),
  answerExpense(facts),
];

function answerRecreation({ version, evidence, recreation }: MakingFacts): Finding {
  const question = 'QM4';
  const { training, dataset, baseModel } = evidence;
  if (baseModel !== null) return recreation === null ? recreationOfBase(baseModel) : graded(recreation, [baseModel.id]);
  if (training === null || dataset === null)
    return unknown(question, 'There is no evidence of the training and its data to start from.', idsOf(evidence));
  const rests = [training.id, dataset.id];
  const { train, dataset: trainedOn } = training.body;
  if (!dataset.body.splits.some(({ datasetId }) => datasetId === trainedOn)) {
    const reason = `It was trained on ${shortDigest(trainedOn)}, which is no split of the dataset on file.`;
    return { question, verdict: 'fail', basis: 'contradicted', reason, evidence: rests };
  }
  if (recreation !== null) return graded(recreation, rests);
  const { weights, provider } = version.trained;
  const seed = train.seed === undefined ? 'no seed' : `seed ${train.seed}`;
  const result = weights === null ? `of the weights there is ${provider}'s word` : 'the weights have a digest';
  return {
    question,
    verdict: 'warn',
    basis: weights === null ? 'claimed' : 'observed',
    reason: `Its data (${shortDigest(trainedOn)}), hyperparameters and ${seed} are on file, the base model by name, and ${result}; nobody has tried to make it again.`,
    evidence: rests,
  };
}

/** Somebody has tried: what came out is the answer. */
const graded = ({ id, body }: NonNullable<MakingFacts['recreation']>, rests: Digest[]): Finding => ({
  question: 'QM4',
  verdict: body.grade === 'C' ? 'fail' : 'pass',
  basis: 'observed',
  reason: `Made again by ${body.run}, grade ${body.grade}: ${body.reasons.join(' ')}`,
  evidence: [...rests, id],
});

/** Nothing was trained: what has to be there again is the provider's model, which is its word, and the prompt. */
function recreationOfBase({ id, body }: NonNullable<MakingFacts['evidence']['baseModel']>): Finding {
  const { baseModel, provider, prompt } = body;
  const told = prompt === null ? 'it has no prompt' : `its prompt (${shortDigest(prompt.digest)}) is on file by value`;
  return {
    question: 'QM4',
    verdict: 'warn',
    basis: 'claimed',
    reason: `Nothing was trained: ${told}; that ${provider} serves the same ${baseModel} again is its word.`,
    evidence: [id],
  };
}

function answerTransparency({ plan, evidence }: MakingFacts): Finding {
  const question = 'QM5';
  const rests = idsOf(evidence);
  const making = evidence.training ?? evidence.baseModel;
  const made = evidence.training === null ? 'base model with its prompt' : 'training';
  const cards = new Set(evidence.sourceCards.map(({ body }) => body.id));
  const missing = [
    ...plan.data.sources.filter(({ id }) => !cards.has(id)).map(({ id }) => `the source card of ${id}`),
    ...(evidence.dataset === null ? ['the dataset'] : []),
    ...(making === null ? ['the training'] : []),
    ...(evidence.evaluations.length === 0 ? ['any evaluation'] : []),
    ...(plan.model.base.card === null ? ['a card of the base model'] : []),
  ];
  if (missing.length > 0) return unknown(question, `Not on file: ${missing.join(', ')}.`, rests);
  return {
    question,
    verdict: 'warn',
    basis: 'claimed',
    reason: `Purpose, ${counted(cards.size, 'source card')}, dataset, ${made} and ${counted(evidence.evaluations.length, 'evaluation')} are on file by digest; what the base model is, is its card's word.`,
    evidence: rests,
  };
}

function answerFoundations({ version, plan, evidence }: MakingFacts): Finding {
  const question = 'QM6';
  const training = evidence.training ?? evidence.baseModel;
  const rests = [...(training === null ? [] : [training.id]), ...evidence.sourceCards.map(({ id }) => id)];
  if (training !== null && training.body.baseModel !== version.baseModel) {
    const reason = `The registry says ${version.baseModel}, the evidence of its making ${training.body.baseModel}.`;
    return { question, verdict: 'fail', basis: 'contradicted', reason, evidence: rests };
  }
  const unnamed = plan.data.sources.filter(({ origin }) => origin !== 'human');
  if (unnamed.length > 0) {
    const origins = unnamed.map(({ id, origin }) => `${id} is ${origin === 'unknown' ? 'of unknown origin' : origin}`);
    return unknown(
      question,
      `The base model is ${version.baseModel}; ${origins.join(', ')}, and no model that may have written it is named.`,
      rests,
    );
  }
  return {
    question,
    verdict: 'warn',
    basis: 'claimed',
    reason: `${version.baseModel} by ${version.trained.provider}; every source is claimed to be of people, and no other model is named.`,
    evidence: rests,
  };
}

/** Energy is `unknown` until something measures it: tokens and duration do not stand for it. */
function answerExpense({ evidence, fineTuneMilliseconds }: MakingFacts): Finding {
  const { training, baseModel } = evidence;
  const stated = [
    ...(baseModel === null ? [] : ['nothing was trained']),
    ...(training?.body.trainedTokens == null ? [] : [`${training.body.trainedTokens} tokens trained`]),
    ...(fineTuneMilliseconds === null ? [] : [`${(fineTuneMilliseconds / 1000).toFixed(1)} s of fine-tuning`]),
  ];
  const known = stated.length === 0 ? 'Nothing is known' : `Known: ${stated.join(', ')}`;
  return unknown(
    'QM7',
    `${known}; energy was not measured, and what the base model took is not on record.`,
    [training, baseModel].flatMap((known) => known?.id ?? []),
  );
}

const unknown = (question: Finding['question'], reason: string, evidence: Digest[]): Finding => ({
  question,
  verdict: 'unknown',
  basis: 'none',
  reason,
  evidence,
});

const idsOf = ({ sourceCards, dataset, training, baseModel, evaluations }: MakingFacts['evidence']): Digest[] =>
  [...sourceCards, dataset, training, baseModel, ...evaluations].flatMap((known) => known?.id ?? []);
