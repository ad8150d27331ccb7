import type { Activities } from '../../activities/create-activities.js';
import type { RunOutline } from '../../activities/runs.js';
import { digestOf } from '../../domain/evidence/canonical.js';

const outline: RunOutline = {
  runId: 'run-1',
  project: 'default',
  name: 'email-triage',
  sourceUris: ['npm:example'],
  tasks: ['triage'],
  rollout: [
    { traffic: 5, bakeMilliseconds: 1 },
    { traffic: 100, bakeMilliseconds: 0 },
  ],
  approvalExpiresAfterMilliseconds: 7 * 86_400_000,
};

const route = { alias: 'email-triage', revision: 3, routes: [], champion: null };
const digest = digestOf('anything');

/**
 * Activities that do nothing and note that they were called: for tests of what workflows decide. `over` replaces some;
 * `calls` is the list of names, in their order.
 */
export function quietActivities(over: Partial<Activities> = {}) {
  const calls: string[] = [];
  const ended: { status: string; reason: string | null }[] = [];
  const note = <T>(name: string, answer: T) => {
    return async (): Promise<T> => {
      calls.push(name);
      return answer;
    };
  };
  const activities: Partial<Activities> = {
    beginRun: async ({ runId }) => ({ ...outline, runId }),
    beginStage: async ({ stage }) => {
      calls.push(stage);
      return null;
    },
    reuseStage: note('reuseStage', null),
    failStage: note('failStage', undefined),
    takeCommand: note('takeCommand', undefined),
    finishRun: async ({ status, reason }) => void ended.push({ status, reason }),
    collectSources: note('collectSources', []),
    finishCollect: note('finishCollect', undefined),
    curateData: note('curateData', { splits: [], dataset: digest, answers: digest }),
    importBase: note('importBase', undefined),
    takeBaseModel: note('takeBaseModel', { versionId: 'email-triage@1', training: digest, subject: digest }),
    submitTraining: note('submitTraining', { jobId: 'job-1' }),
    followTraining: note('followTraining', undefined),
    cancelTraining: note('cancelTraining', undefined),
    sealModel: note('sealModel', { versionId: 'email-triage@1', training: digest, subject: digest }),
    predictTask: note('predictTask', { task: 'triage', datasetId: digest, candidate: digest, champion: null }),
    judgeEvaluation: note('judgeEvaluation', { evaluations: [digest], gates: digest, refusal: null }),
    openApproval: async ({ runId }) => ({ requestId: runId, marks: [] }),
    openApprovals: async () => ({ requestIds: [] }),
    markApproval: note('markApproval', undefined),
    considerDecision: async () => ({ outcome: 'approved', missing: [], unwaived: [], reason: 'judged' }),
    closeApproval: note('closeApproval', undefined),
    finishApproval: note('finishApproval', undefined),
    checkRelease: note('checkRelease', { refusal: null, isChanged: false, route }),
    refuseRelease: async ({ reason }) => ({ revision: 0, refusal: reason }),
    shiftTraffic: async ({ revision }) => {
      calls.push('shiftTraffic');
      return { ...route, revision: revision + 1 };
    },
    verifyServing: note('verifyServing', undefined),
    rollBack: note('rollBack', undefined),
    finishDeploy: async ({ revision }) => ({ revision, refusal: null }),
    pinInputs: note('pinInputs', []),
    gradeRecreation: note('gradeRecreation', { grade: 'B' as const, reasons: ['graded'] }),
    noteImpossible: async ({ message }) => ({ grade: 'C' as const, reasons: [message] }),
    ensureSchedules: note('ensureSchedules', undefined),
    considerTrigger: async () => ({ action: 'wait', kind: 'drift', reason: 'quiet', afterMilliseconds: null }),
    ...over,
  };
  return { activities, calls, ended };
}
