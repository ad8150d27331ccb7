import { canonicalJson } from '../evidence/canonical.js';
import type { ApprovalSubject, BoundWeights } from '../ports/approval-store.js';
import type { ModelVersion } from '../ports/registry-store.js';
import type { TrainedModel } from '../ports/trainer.js';

/** What a signature binds of a trained model. */
export const bindWeights = ({ provider, model, jobId, weights }: TrainedModel): BoundWeights =>
  weights === null ? { provider, model, jobId } : { provider, model, digest: weights.digest };

/** Whether a version is the model that was signed for: base, weights, and the name under which the provider is asked. */
export const isBoundModel = (subject: ApprovalSubject, { trained, baseModel }: ModelVersion): boolean =>
  subject.baseModel === baseModel && canonicalJson(subject.weights) === canonicalJson(bindWeights(trained));
