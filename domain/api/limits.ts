import { z } from 'zod';

const limitsSchema = z.object({
  requestsPerMinute: z.number().optional(),
  tokensPerMinute: z.number().optional(),
  concurrentRequests: z.number().optional(),
  concurrentJobs: z.number().optional(),
});

/** How full a provider's account is; what workers share. */
export const accountViewSchema = z
  .object({
    account: z.string(),
    /** As the worker stated them that asked last. */
    limits: limitsSchema,
    /** What may be taken at this moment without waiting; below zero: so much is owed. Null: not limited. */
    requestsLeft: z.number().nullable(),
    tokensLeft: z.number().nullable(),
    callsUnderWay: z.number().int(),
    callsWaiting: z.number().int(),
    jobs: z.number().int(),
    jobsWaiting: z.number().int(),
    /** Runs of the caller's projects that hold a place for a training job, or wait for one. */
    runs: z.array(z.object({ runId: z.string(), isWaiting: z.boolean() })),
    /** Until when the provider asked to wait. */
    heldUntil: z.string().nullable(),
  })
  .meta({ id: 'AccountView' });
export type AccountView = z.infer<typeof accountViewSchema>;

export const accountListSchema = z.object({ accounts: z.array(accountViewSchema) }).meta({ id: 'AccountList' });
export type AccountList = z.infer<typeof accountListSchema>;
