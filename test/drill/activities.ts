import type { Activities } from '../../activities/create-activities.js';
import type { Scenario } from './scenarios.js';

/**
 * In which lifecycle the drill kills a worker before, during and after each activity. A new activity needs a line here,
 * and where no lifecycle of the drill calls it, a lifecycle that does (`scenarios.ts`).
 */
export const SCENARIO_OF: Record<keyof Activities, Scenario> = {
  beginRun: 'release',
  beginStage: 'release',
  reuseStage: 'reuse',
  failStage: 'failure',
  takeCommand: 'pause-and-resume',
  finishRun: 'release',
  collectSources: 'release',
  finishCollect: 'release',
  curateData: 'release',
  submitTraining: 'release',
  cancelTraining: 'cancel',
  sealModel: 'release',
  followTraining: 'release',
  predictTask: 'release',
  judgeEvaluation: 'release',
  openApproval: 'release',
  considerDecision: 'release',
  closeApproval: 'release',
  finishApproval: 'release',
  checkRelease: 'release',
  refuseRelease: 'refusal',
  shiftTraffic: 'release',
  verifyServing: 'release',
  rollBack: 'refusal',
  finishDeploy: 'release',
  ensureSchedules: 'release',
  judgeWindow: 'monitor',
  considerTrigger: 'retrain',
  recordScheduledTrigger: 'retrain',
  takeBaseModel: 'untrained',
  pinInputs: 'recreate',
  gradeRecreation: 'recreate',
  noteImpossible: 'recreate-in-vain',
};
