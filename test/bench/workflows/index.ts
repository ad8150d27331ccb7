export { approveWorkflow } from '../../../workflows/approve.js';
export { localFanOutWorkflow, localFloorWorkflow, ordinaryFanOutWorkflow, ordinaryFloorWorkflow } from './floor.js';
export { holdLocalWorkflow, holdOrdinaryWorkflow } from './hold.js';
// Under the product's name: the outbox starts it.
export { benchLifecycleWorkflow as lifecycleWorkflow } from './lifecycle.js';
