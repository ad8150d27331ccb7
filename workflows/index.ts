export { approveWorkflow } from './approve.js';
export { importBaseWorkflow } from './import-base.js';
export { lifecycleWorkflow } from './lifecycle.js';
export { monitorWorkflow } from './monitor.js';
export { recreateWorkflow } from './recreate.js';
export { retrainWorkflow, scheduledTriggerWorkflow } from './retrain.js';
export { scheduledRunWorkflow } from './scheduled-run.js';
export {
  collectWorkflow,
  curateWorkflow,
  deployWorkflow,
  evaluateWorkflow,
  fineTuneWorkflow,
} from './stage-workflows.js';
