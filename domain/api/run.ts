import { z } from 'zod';
import { COMMAND_KINDS, RUN_STATUSES, STAGES, STAGE_STATUSES } from '../kernel/states.js';
import { digestField, keyField } from './fields.js';

/** `plan` is judged by `parsePlan`. The same start key in a project is the same run. */
export const startRunSchema = z
  .strictObject({
    plan: z.record(z.string(), z.unknown()),
    startKey: keyField(255).optional(),
  })
  .meta({
    id: 'StartRun',
    examples: [{ plan: { apiVersion: 'assay/v1', name: 'email-triage' }, startKey: 'nightly-2026-12-01' }],
  });
export type StartRun = z.infer<typeof startRunSchema>;

/** The same start key in a project is the same run. */
export const recreateSchema = z
  .strictObject({ startKey: keyField(255).optional() })
  .meta({ id: 'Recreate', examples: [{ startKey: 'audit-2026-12-01' }] });
export type Recreate = z.infer<typeof recreateSchema>;

export const startedRunSchema = z
  .object({ runId: z.string(), planDigest: digestField, isNew: z.boolean() })
  .meta({ id: 'StartedRun' });
export type StartedRun = z.infer<typeof startedRunSchema>;

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
  })
  .meta({ id: 'Stage' });
export type StageView = z.infer<typeof stageViewSchema>;

export const runViewSchema = runSummarySchema
  .extend({
    planDigest: digestField,
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
