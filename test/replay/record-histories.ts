/**
 * Records one history of each workflow under `histories/`: `node --import tsx test/replay/record-histories.ts`. Before
 * 1.0 they are recorded again when a workflow is changed on purpose, with a line in `docs/decisions/`.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { WorkflowHandle } from '@temporalio/client';
import { quietActivities } from '../support/quiet-activities.js';
import { createTestServers } from '../support/test-servers.js';
import { startWorkers } from '../support/workflow-worker.js';

const servers = createTestServers();
let asked = 0;
const { activities } = quietActivities({
  considerDecision: async ({ decisionId }) => ({
    outcome: decisionId === 'second' ? 'approved' : 'pending',
    missing: [],
    unwaived: [],
    reason: 'judged',
  }),
  considerTrigger: async ({ triggerId }) =>
    triggerId === 'late'
      ? { action: 'start', reason: 'drift', kind: 'drift' }
      : { action: 'wait', reason: 'cool-down', kind: 'drift', afterMilliseconds: 100 },
  judgeWindow: async () => ({ windowId: null, verdict: 'too-few', triggerId: null }),
  recordScheduledTrigger: async () => undefined,
  requestScheduledRun: async () => ({ runId: 'run-3' }),
  scheduledRunStatus: async () => ({ runId: 'run-3', status: ++asked === 1 ? 'running' : 'succeeded' }),
  takeCommand: async ({ commandId }) => ({ kind: commandId === 'pause' ? 'pause' : 'resume' }),
});
const { client, stop } = await startWorkers(await servers.temporal(), activities);

const start = (type: string, workflowId: string, input: object): Promise<WorkflowHandle> =>
  client.workflow.start(type, { taskQueue: 'assay', workflowId, args: [input] });

async function keep(name: string, handle: WorkflowHandle): Promise<void> {
  // Who worked on it, and where, is nobody's business later.
  const history = historyToJSON(await handle.fetchHistory()).replace(/"identity": "[^"]*"/g, '"identity": "recorder"');
  await writeFile(fileURLToPath(new URL(`histories/${name}.json`, import.meta.url)), `${history}\n`);
}

async function signOff(requestId: string, ...decisionIds: string[]): Promise<void> {
  const handle = client.workflow.getHandle(`approval/${requestId}`);
  for (const decisionId of decisionIds) {
    await expectRunning(handle);
    await handle.signal('signOff', { decisionId });
  }
}

async function expectRunning(handle: WorkflowHandle): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await handle.describe().catch(() => undefined)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const lifecycle = await start('lifecycleWorkflow', 'lifecycle/default/run-1', { runId: 'run-1' });
await lifecycle.signal('command', { id: 'pause' });
await lifecycle.signal('command', { id: 'resume' });
await signOff('run-1', 'first', 'second');
await lifecycle.result();
await keep('lifecycle', lifecycle);
await keep('approve', client.workflow.getHandle('approval/run-1'));

const recreate = await start('recreateWorkflow', 'lifecycle/default/run-9', { runId: 'run-9' });
await recreate.result();
await keep('recreate', recreate);

const imported = await start('importBaseWorkflow', 'import/import-1', { importId: 'import-1' });
await imported.result();
await keep('import-base', imported);

const retrain = await start('retrainWorkflow', 'retrain/default/m', { project: 'default', name: 'm' });
await retrain.signal('trigger', { id: 'early' });
await new Promise((resolve) => setTimeout(resolve, 500));
await retrain.signal('trigger', { id: 'late' });
await retrain.signal('runEnded', { runId: 'run-2' });
await new Promise((resolve) => setTimeout(resolve, 500));
await keep('retrain', retrain);
await retrain.terminate();

const monitor = await start('monitorWorkflow', 'monitor/default/m', { project: 'default', alias: 'm' });
await monitor.result();
await keep('monitor', monitor);
const clock = await start('scheduledTriggerWorkflow', 'clock/default/m', { project: 'default', name: 'm' });
await clock.result();
await keep('scheduled-trigger', clock);
const byClock = await start('scheduledRunWorkflow', 'schedule/default/nightly-2026-12-01T02:00:00Z', {
  project: 'default',
  schedule: 'nightly',
});
await new Promise((resolve) => setTimeout(resolve, 500));
await byClock.signal('runEnded', { runId: 'run-3' });
await byClock.result();
await keep('scheduled-run', byClock);
for (const [type, input] of [
  ['collectWorkflow', {}],
  ['curateWorkflow', { collected: { sources: [] } }],
  ['fineTuneWorkflow', { curated: { splits: [], dataset: 'd', answers: 'a' } }],
  ['evaluateWorkflow', { curated: { splits: [] }, model: { versionId: 'm@1' } }],
  ['deployWorkflow', { model: { versionId: 'm@1' }, approval: { requestId: 'run-1', outcome: 'approved' } }],
] as const) {
  const handle = await start(type, `${type}/run-1`, { runId: 'run-1', ...input });
  await handle.result();
  await keep(type.replace('Workflow', '').replace('fineTune', 'fine-tune'), handle);
}

await stop();
await servers.stop();
