import { canonicalJson, digestBytes, digestOf } from '../evidence/canonical.js';
import type { Digest } from '../kernel/digest.js';
import type { ApprovalSubject, BoundWeights } from '../ports/approval-store.js';
import type { ModelVersion } from '../ports/registry-store.js';
import type { TrainedModel } from '../ports/trainer.js';

/** What a signature binds of a model. A prompt counts by the text that is there, whatever digest stands beside it. */
export const bindWeights = ({ provider, model, jobId, weights, prompt, imported }: TrainedModel): BoundWeights => ({
  provider,
  model,
  ...(weights !== null ? { digest: weights.digest } : jobId !== null ? { jobId } : {}),
  ...(prompt !== undefined && { prompt: digestBytes(prompt.text) }),
  ...(imported !== undefined && { imported: imported.evidence }),
});

/**
 * What evidence about a model is about: the weights where Assay keeps them, else the provider's word for the model; and
 * the prompt. The same model with another prompt is another subject.
 */
export function modelSubject({ provider, model, jobId, weights, prompt }: TrainedModel): Digest {
  const made = weights?.digest ?? digestOf({ provider, model, jobId });
  return prompt === undefined ? made : digestOf({ model: made, prompt: digestBytes(prompt.text) });
}

/** Whether a version is the model that was signed for: base, weights, prompt, and the name under which the provider is asked. */
export const isBoundModel = (subject: ApprovalSubject, { trained, baseModel }: ModelVersion): boolean =>
  subject.baseModel === baseModel && canonicalJson(subject.weights) === canonicalJson(bindWeights(trained));
