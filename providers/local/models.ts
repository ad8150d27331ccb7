import { buffer } from 'node:stream/consumers';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { badRequest } from './api-errors.js';
import { BASE_MODEL } from './base-model.js';
import { decodeWeights, type LinearNgramWeights } from './linear-ngram/weights.js';
import { isNamedAfter } from './model-name.js';
import type { FileStore } from './store/file-store.js';
import type { Job, JobStore } from './store/job-store.js';

export interface ServedModel {
  id: string;
  createdAt: number;
}

export interface Models {
  list(): ServedModel[];
  /** @throws LifecycleError NOT_FOUND */
  get(id: string): ServedModel;
  /**
   * @throws LifecycleError NOT_FOUND; INVALID_INPUT for the base model, which is not trained; ARTIFACT where the stored
   * weights are not those that the model is named after.
   */
  load(id: string): Promise<LinearNgramWeights>;
}

const MAXIMUM_IN_MEMORY = 16;

/** The base model and what jobs made of it. The models used last stay in memory. */
export function createModels(jobs: JobStore, files: FileStore): Models {
  const loaded = new Map<string, Promise<LinearNgramWeights>>();
  const trained = (): Job[] => jobs.list().filter((job) => job.status === 'succeeded');
  const list = (): ServedModel[] => {
    const models = new Map([[BASE_MODEL, { id: BASE_MODEL, createdAt: 0 }]]);
    for (const { fineTunedModel, createdAt } of trained().toReversed()) {
      if (fineTunedModel !== null && !models.has(fineTunedModel)) {
        models.set(fineTunedModel, { id: fineTunedModel, createdAt });
      }
    }
    return [...models.values()];
  };
  const read = async (id: string): Promise<LinearNgramWeights> => {
    const file = trained().find((job) => job.fineTunedModel === id)?.weightsFile;
    if (file === null || file === undefined) throw unknownModel(id);
    const bytes = await buffer(files.open(file));
    if (!isNamedAfter(id, bytes)) throw altered(id);
    return decodeWeights(bytes);
  };
  return {
    list,
    get: (id) => {
      const model = list().find((model) => model.id === id);
      if (model === undefined) throw unknownModel(id);
      return model;
    },
    load: async (id) => {
      if (id === BASE_MODEL) throw untrained();
      const weights = loaded.get(id) ?? read(id);
      loaded.delete(id);
      loaded.set(id, weights);
      const [oldest] = loaded.keys();
      if (loaded.size > MAXIMUM_IN_MEMORY && oldest !== undefined) loaded.delete(oldest);
      return weights.catch((error: unknown) => {
        loaded.delete(id);
        throw error;
      });
    },
  };
}

const unknownModel = (id: string): LifecycleError =>
  new LifecycleError('NOT_FOUND', `There is no model '${id}'.`, { param: 'model', reason: 'model_not_found' });

const altered = (id: string): LifecycleError =>
  new LifecycleError('ARTIFACT', `The stored weights of '${id}' were altered. Train the model again.`, { model: id });

const untrained = (): LifecycleError =>
  badRequest(
    `'${BASE_MODEL}' is not trained and has no answers of its own. Fine-tune it, then ask the model that the job names.`,
    'model',
    'model_not_trained',
  );
