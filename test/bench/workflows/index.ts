export { localFloorWorkflow, ordinaryFloorWorkflow } from './floor.js';
// Under the product's name: the outbox starts it.
export { benchLifecycleWorkflow as lifecycleWorkflow } from './lifecycle.js';
