import { z } from 'zod';
import { COMMAND_KINDS, FORK_STAGES, REUSE_KINDS, RUN_STATUSES, STAGES, STAGE_STATUSES } from '../kernel/states.js';
import { digestField, keyField } from './fields.js';

/** Under these, schedules and triggers ask for their runs: nobody else takes such a key before them. */
const OWN_KEYS = /^(?:schedule|retrain)\//;
const startKeyField = keyField(255).refine(
  (key) => !OWN_KEYS.test(key),
  'must not begin with schedule/ or retrain/: these are the keys of runs that Assay asks for',
);

/** `plan` is judged by `parsePlan`. The same start key in a project is the same run. */
export const startRunSchema = z
  .strictObject({
    plan: z.record(z.string(), z.unknown()),
    startKey: startKeyField.optional(),
    /** Whether results of other runs may stand for stages that have the same inputs. Default: they may. */
    reuse: z.boolean().optional(),
  })
  .meta({
    id: 'StartRun',
    examples: [{ plan: { apiVersion: 'assay/v1', name: 'email-triage' }, startKey: 'nightly-2026-12-01' }],
  });
export type StartRun = z.infer<typeof startRunSchema>;

/** The same start key in a project is the same run. */
export const recreateSchema = z
  .strictObject({ startKey: startKeyField.optional() })
  .meta({ id: 'Recreate', examples: [{ startKey: 'audit-2026-12-01' }] });
export type Recreate = z.infer<typeof recreateSchema>;

/**
 * Without `from` the run is retried: it goes on at the stage that did not end well. Without `plan` it keeps its own.
 * The same start key is the same fork.
 */
export const forkRunSchema = z
  .strictObject({
    from: z.enum(STAGES).optional(),
    plan: z.record(z.string(), z.unknown()).optional(),
    startKey: startKeyField.optional(),
    reuse: z.boolean().optional(),
  })
  .meta({ id: 'ForkRun', examples: [{ from: 'evaluate', startKey: 'after-the-fix' }] });
export type ForkRun = z.infer<typeof forkRunSchema>;

const forkOriginSchema = z.object({ runId: z.string(), stage: z.enum(FORK_STAGES) });

export const startedRunSchema = z
  .object({ runId: z.string(), planDigest: digestField, isNew: z.boolean() })
  .meta({ id: 'StartedRun' });
export type StartedRun = z.infer<typeof startedRunSchema>;

export const startedForkSchema = startedRunSchema.extend({ forkedFrom: forkOriginSchema }).meta({ id: 'StartedFork' });
export type StartedFork = z.infer<typeof startedForkSchema>;

export const previewRunSchema = z
  .strictObject({ plan: z.record(z.string(), z.unknown()) })
  .meta({ id: 'PreviewRun', examples: [{ plan: { apiVersion: 'assay/v1', name: 'email-triage' } }] });

export const runPreviewSchema = z
  .object({
    /** What the sources are taken to hold: what this run read. Null: they were never read, so nothing is known. */
    assuming: z.object({ runId: z.string(), at: z.string() }).nullable(),
    stages: z.array(
      z.object({
        stage: z.enum(STAGES),
        /** The run whose result would stand for the stage; null: it would be done. */
        reusedFrom: z.string().nullable(),
        reason: z.string(),
      }),
    ),
  })
  .meta({ id: 'RunPreview' });
export type RunPreview = z.infer<typeof runPreviewSchema>;

export const runSummarySchema = z
  .object({
    id: z.string(),
    project: z.string(),
    name: z.string(),
    status: z.enum(RUN_STATUSES),
    requestedBy: z.string(),
    /** Where it stands, and what it waits for there. */
    stage: z.enum(STAGES).nullable(),
    waitingFor: z.string().nullable(),
    reason: z.string().nullable(),
    /** The model version that the run makes again; null for one that makes its own. */
    recreates: z.string().nullable(),
    /** The run that this one goes on from, and where. */
    forkedFrom: forkOriginSchema.nullable(),
    createdAt: z.string(),
    startedAt: z.string().nullable(),
    endedAt: z.string().nullable(),
  })
  .meta({ id: 'RunSummary' });
export type RunSummary = z.infer<typeof runSummarySchema>;

export const runListSchema = z.object({ runs: z.array(runSummarySchema) }).meta({ id: 'RunList' });
export type RunList = z.infer<typeof runListSchema>;

export const stageViewSchema = z
  .object({
    stage: z.enum(STAGES),
    status: z.enum(STAGE_STATUSES),
    waitingFor: z.string().nullable(),
    summary: z.record(z.string(), z.unknown()).nullable(),
    startedAt: z.string(),
    endedAt: z.string().nullable(),
    evidence: z.array(z.object({ id: digestField, kind: z.string() })),
    /** The run that did the work, where this one did not: by a fork, or because the inputs were the same. */
    reusedFrom: z.object({ runId: z.string(), kind: z.enum(REUSE_KINDS) }).nullable(),
  })
  .meta({ id: 'Stage' });
export type StageView = z.infer<typeof stageViewSchema>;

export const runViewSchema = runSummarySchema
  .extend({
    planDigest: digestField,
    /** The schedule that started it, and for which of its times. */
    schedule: z.object({ id: z.string(), scheduledFor: z.string() }).nullable().optional(),
    trigger: z.object({ id: z.string(), kind: z.string() }).nullable(),
    stages: z.array(stageViewSchema),
    /** The approval that the run asked for, the latest where there are several. */
    approvalId: z.string().nullable(),
  })
  .meta({ id: 'Run' });
export type RunView = z.infer<typeof runViewSchema>;

export const commandSchema = z
  .strictObject({ kind: z.enum(COMMAND_KINDS) })
  .meta({ id: 'Command', examples: [{ kind: 'pause' }] });

export const recordedCommandSchema = z
  .object({
    commandId: z.string(),
    runId: z.string(),
    kind: z.enum(COMMAND_KINDS),
  })
  .meta({ id: 'RecordedCommand' });
export type RecordedCommand = z.infer<typeof recordedCommandSchema>;
