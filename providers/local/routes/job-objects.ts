import type { JobEvent } from '../store/event-log.js';
import type { Job } from '../store/job-store.js';

/** A job as OpenAI shows it. */
export function jobObject(job: Job) {
  const hyperparameters = { n_epochs: job.hyperparameters.epochs, learning_rate: job.hyperparameters.learningRate };
  return {
    id: job.id,
    object: 'fine_tuning.job',
    model: job.model,
    status: job.status,
    created_at: job.createdAt,
    finished_at: job.finishedAt,
    estimated_finish: null,
    training_file: job.trainingFile,
    validation_file: job.validationFile,
    seed: job.seed,
    user_provided_suffix: job.suffix,
    metadata: job.metadata,
    hyperparameters,
    method: { type: 'supervised', supervised: { hyperparameters } },
    fine_tuned_model: job.fineTunedModel,
    organization_id: 'local',
    result_files: job.resultFiles,
    trained_tokens: job.trainedTokens,
    integrations: [],
    error: job.error === null ? null : { ...job.error, param: null },
  };
}

/** An event as OpenAI shows it. */
export const eventObject = ({ id, createdAt, type, message, data }: JobEvent) => ({
  id,
  object: 'fine_tuning.job.event',
  created_at: createdAt,
  level: 'info',
  type,
  message,
  data,
});
