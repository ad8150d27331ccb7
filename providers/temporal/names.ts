/** Names that stand in histories: a contract, kept by `test/contract/persisted-names.test.ts`. */
export const TASK_QUEUE = 'assay';
export const DATA_TASK_QUEUE = 'assay-data';

/** After a `kill -9` of a worker its workflows' tasks, and the local activities in them, go to another after this. */
export const WORKFLOW_TASK_TIMEOUT = '5s';

export const WORKFLOW_TYPES = {
  lifecycle: 'lifecycleWorkflow',
  recreate: 'recreateWorkflow',
  importBase: 'importBaseWorkflow',
  retrain: 'retrainWorkflow',
  monitor: 'monitorWorkflow',
  scheduledTrigger: 'scheduledTriggerWorkflow',
  scheduledRun: 'scheduledRunWorkflow',
} as const;

export const workflowIds = {
  lifecycle: (project: string, runId: string) => `lifecycle/${project}/${runId}`,
  importBase: (importId: string) => `import/${importId}`,
  approval: (requestId: string) => `approval/${requestId}`,
  retrain: (project: string, name: string) => `retrain/${project}/${name}`,
  monitor: (project: string, alias: string) => `monitor/${project}/${alias}`,
  retrainByClock: (project: string, name: string) => `retrain-by-clock/${project}/${name}`,
  schedule: (project: string, schedule: string) => `schedule/${project}/${schedule}`,
  /** The schedule's id with the time that Temporal adds to it. */
  scheduledRun: (project: string, schedule: string, nominal: string) => `schedule/${project}/${schedule}-${nominal}`,
} as const;
