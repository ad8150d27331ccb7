/** The states that Assay persists. They are a contract: `test/contract/persisted-names.test.ts` keeps them. */

/** The stages of a lifecycle, in the order in which they run. */
export const STAGES = ['collect', 'curate', 'fine-tune', 'evaluate', 'approve', 'deploy', 'monitor'] as const;
export type Stage = (typeof STAGES)[number];

/** `refused` is an answer (a gate or a person said no); `failed` is an error. */
export const RUN_STATUSES = ['requested', 'running', 'paused', 'succeeded', 'refused', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];
export const isEnded = (status: RunStatus): boolean => !['requested', 'running', 'paused'].includes(status);

export const STAGE_STATUSES = ['running', 'waiting', 'succeeded', 'refused', 'failed', 'cancelled', 'skipped'] as const;
export type StageStatus = (typeof STAGE_STATUSES)[number];

/** The stages whose result may be taken from another run. What people signed, and what was moved, never is. */
export const REUSABLE_STAGES = ['collect', 'curate', 'fine-tune', 'evaluate'] as const satisfies readonly Stage[];
export type ReusableStage = (typeof REUSABLE_STAGES)[number];
export const isReusable = (stage: Stage): stage is ReusableStage =>
  (REUSABLE_STAGES as readonly Stage[]).includes(stage);

/** Where a run may go on from another: each stage before it is reusable. */
export const FORK_STAGES = [...REUSABLE_STAGES, 'approve'] as const satisfies readonly Stage[];
export type ForkStage = (typeof FORK_STAGES)[number];

export const isBefore = (stage: Stage, other: Stage): boolean => STAGES.indexOf(stage) < STAGES.indexOf(other);

/** Why a stage was not done again: the run goes on from another, or the same inputs gave this result before. */
export const REUSE_KINDS = ['fork', 'content'] as const;
export type ReuseKind = (typeof REUSE_KINDS)[number];

/** How a request stands. `changes-requested` is an answer: what was asked about is to be made again. */
export const REQUEST_STATES = ['open', 'approved', 'rejected', 'changes-requested', 'expired', 'voided'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** What a person can say of a request; `withdraw` takes back what they said before. */
export const DECISION_VERDICTS = ['approve', 'reject', 'request-changes', 'abstain', 'withdraw'] as const;
export type DecisionVerdict = (typeof DECISION_VERDICTS)[number];

/** What a team says of the risk of a release; who said nothing said nothing. */
export const RISKS = ['low', 'medium', 'high'] as const;
export type Risk = (typeof RISKS)[number];

export const COMMAND_KINDS = ['pause', 'resume', 'cancel'] as const;
export type CommandKind = (typeof COMMAND_KINDS)[number];

export const TRIGGER_KINDS = ['drift', 'schedule', 'feedback', 'manual'] as const;
export type TriggerKind = (typeof TRIGGER_KINDS)[number];

/** What happens to a schedule's time that comes while its last run goes on; Temporal's names. */
export const OVERLAP_POLICIES = ['skip', 'buffer-one', 'buffer-all', 'cancel-other', 'allow-all'] as const;
export type OverlapPolicy = (typeof OVERLAP_POLICIES)[number];

export const SCHEDULE_COMMAND_KINDS = ['create', 'update', 'pause', 'resume', 'trigger', 'backfill', 'delete'] as const;
export type ScheduleCommandKind = (typeof SCHEDULE_COMMAND_KINDS)[number];

/** How an import of a base model stands; `refused` is an answer with its reason. */
export const IMPORT_STATES = ['requested', 'imported', 'refused'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** An answer to a checklist question. `unknown` never counts as `pass`. */
export const ANSWER_VERDICTS = ['pass', 'warn', 'fail', 'unknown', 'waived'] as const;
export type AnswerVerdict = (typeof ANSWER_VERDICTS)[number];

/** What an answer rests on. `claimed` alone is at best `warn`. */
export const ANSWER_BASES = ['observed', 'claimed', 'contradicted', 'none'] as const;
export type AnswerBasis = (typeof ANSWER_BASES)[number];

export const GATE_VERDICTS = ['pass', 'fail', 'inconclusive', 'not-applicable'] as const;
export type GateVerdict = (typeof GATE_VERDICTS)[number];

/** What became of a request that a version was asked to answer. */
export const SERVED_OUTCOMES = [
  'answered',
  'provider_refused',
  'provider_failed',
  'provider_timeout',
  'rate_limited',
  'unavailable',
  'caller_left',
] as const;
export type ServedOutcome = (typeof SERVED_OUTCOMES)[number];

export const DATA_QUESTIONS = ['QD1', 'QD2', 'QD3', 'QD4', 'QD5', 'QD6', 'QD7', 'QD8'] as const;
export type DataQuestion = (typeof DATA_QUESTIONS)[number];

/** How well a model was made again. A: the same digests; B: metrics within the interval; C: it was not possible. */
export const RECREATION_GRADES = ['A', 'B', 'C'] as const;
export type RecreationGrade = (typeof RECREATION_GRADES)[number];

/** How others are told what happens in a project. */
export const CHANNEL_KINDS = ['webhook', 'email', 'slack'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** What became of a message by a channel. `dead`: it was tried often enough, or can never arrive. */
export const DELIVERY_STATES = ['pending', 'delivered', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What people are asked. An approval and a waiver are answered on their request. */
export const TASK_KINDS = ['approval', 'waiver', 'fact-check', 'label', 'budget', 'triage'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** How a task stands. `disputed`: two answers differ, and a third settles it. */
export const TASK_STATES = ['open', 'answered', 'disputed', 'expired', 'cancelled'] as const;
export type TaskState = (typeof TASK_STATES)[number];
