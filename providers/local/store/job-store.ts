import { z } from 'zod';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import { hasEnded } from '../../../domain/training/has-ended.js';
import { createTurns } from './in-turn.js';
import { openRecordFolder } from './record-folder.js';

const jobSchema = z.object({
  id: z.string(),
  /** Position among all jobs: the order of creation. */
  sequence: z.number(),
  model: z.string(),
  status: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']),
  createdAt: z.number(),
  finishedAt: z.number().nullable(),
  trainingFile: z.string(),
  validationFile: z.string().nullable(),
  seed: z.number(),
  suffix: z.string().nullable(),
  metadata: z.record(z.string(), z.string()),
  hyperparameters: z.object({ epochs: z.number(), learningRate: z.number() }),
  fineTunedModel: z.string().nullable(),
  weightsFile: z.string().nullable(),
  resultFiles: z.array(z.string()),
  trainedTokens: z.number().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type Job = z.infer<typeof jobSchema>;

export interface JobStore {
  /** @throws LifecycleError NOT_FOUND */
  get(id: string): Job;
  /** Newest first. */
  list(): Job[];
  create(job: Omit<Job, 'sequence'>): Promise<Job>;
  /** One change after the other. A job that has ended never changes again: it is returned as it stands. */
  update(id: string, change: Partial<Job>): Promise<Job>;
}

export async function openJobStore(folder: string): Promise<JobStore> {
  const records = await openRecordFolder(folder, jobSchema);
  const inTurn = createTurns();
  let last = Math.max(0, ...records.all().map((job) => job.sequence));
  const get = (id: string): Job => {
    const job = records.get(id);
    if (job !== undefined) return job;
    const details = { param: 'fine_tuning_job_id', reason: 'fine_tune_not_found' };
    throw new LifecycleError('NOT_FOUND', `There is no fine-tuning job '${id}'.`, details);
  };
  return {
    get,
    list: () => records.all().sort((a, b) => b.sequence - a.sequence),
    create: async (fields) => {
      const job: Job = { ...fields, sequence: ++last };
      await records.put(job);
      return job;
    },
    update: (id, change) =>
      inTurn(async () => {
        const job = get(id);
        if (hasEnded(job)) return job;
        const changed: Job = { ...job, ...change };
        await records.put(changed);
        return changed;
      }),
  };
}
