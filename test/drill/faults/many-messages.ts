import { WorkflowNotFoundError, type WorkflowHandle } from '@temporalio/client';
import { seededRandom, shuffle } from '../../../domain/statistics/random.js';
import { askOnce, signatures, startByApi, must, untilAskedByApi } from '../by-api.js';
import type { Drill } from '../drill.js';
import { armFailpoint, isArmed } from '../failpoint.js';
import type { Outcome } from '../outcome.js';
import { isAsked, planNamed, requestRun, sign, untilRun } from '../scenarios.js';
import { PROJECT, type World } from '../world.js';
import { workflowIds } from '../../../providers/temporal/names.js';
import { disturbed } from './disturbed.js';

const TIMES = 100;
const NAME = 'toy-triage';

/** Sends past the api what only the outbox should; a workflow that has ended takes nothing, which is no harm. */
async function signal(handle: WorkflowHandle, name: string, argument: object): Promise<void> {
  await handle.signal(name, argument).catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  });
}

async function approvalOf(world: World, runId: string): Promise<WorkflowHandle> {
  const { workflow } = await world.temporalClient();
  return workflow.getHandle(workflowIds.approval(runId));
}

/** X9: each decision's signal a hundred times, in any order, before and after the approval has ended. */
export const repeatedSignals = (drill: Drill): Promise<Outcome> =>
  disturbed(drill, { scenario: 'release' }, async (world, acting) => {
    const random = seededRandom(`${drill.seed}/signals`);
    await world.startWorker();
    const runId = await requestRun(world, planNamed(NAME));
    await untilRun(world, runId, isAsked);
    const approval = await approvalOf(world, runId);
    await sign(world, runId);
    const { decisions, waivers } = await world.approvals.load(runId);
    const ids = [...decisions, ...waivers].map(({ id }) => id);
    const messages = shuffle(
      ids.flatMap((decisionId) => Array.from({ length: TIMES }, () => ({ decisionId }))),
      random,
    );
    await Promise.all(messages.map((message) => signal(approval, 'signOff', message)));
    await acting();
    await Promise.all(messages.slice(0, TIMES).map((message) => signal(approval, 'signOff', message)));
    return { planned: 1, injected: 1 };
  });

/** X9: the same signed decision posted a hundred times at once, by each who signs: equal answers, one row. */
export const repeatedPosts = (drill: Drill): Promise<Outcome> =>
  disturbed(drill, { scenario: 'release-over-http' }, async (world, acting) => {
    await world.startWorker();
    await world.startApi();
    const runId = await startByApi(world, planNamed(NAME));
    const { approvalId } = await untilAskedByApi(world, runId);
    const wrong: string[] = [];
    for (const asked of await signatures(world, approvalId ?? '')) {
      const answers = await Promise.all(Array.from({ length: TIMES }, () => askOnce<object>(world, asked)));
      const different = new Set(answers.map(({ body }) => JSON.stringify(body)));
      if (different.size > 1)
        wrong.push(`${asked.path} gave ${different.size} answers: ${[...different].join(' ').slice(0, 300)}`);
    }
    await acting();
    return { planned: 1, injected: 1, wrong };
  });

/** X9: pause and resume, each signalled a hundred times in any order once both are on file. */
export const repeatedCommands = (drill: Drill): Promise<Outcome> =>
  disturbed(drill, { scenario: 'pause-and-resume' }, async (world, acting) => {
    const random = seededRandom(`${drill.seed}/commands`);
    await world.startWorker();
    const runId = await requestRun(world, planNamed(NAME));
    void acting();
    await untilRun(world, runId, isAsked);
    const { workflow } = await world.temporalClient();
    const run = workflow.getHandle(workflowIds.lifecycle(PROJECT, runId));
    const ids = [`${runId}-pause`, `${runId}-resume`];
    const messages = shuffle(
      ids.flatMap((id) => Array.from({ length: TIMES }, () => ({ id }))),
      random,
    );
    await Promise.all(messages.map((message) => signal(run, 'command', message)));
    await acting();
    return { planned: 1, injected: 1 };
  });

/** X10: people sign while the worker that opened the request is dead, and nobody waits for them yet. */
export const signedTooEarly = (drill: Drill): Promise<Outcome> =>
  disturbed(drill, { scenario: 'release' }, async (world, acting) => {
    const opened = { at: 'activity', activity: 'openApproval', moment: 'after', occurrence: 1, deed: 'kill' } as const;
    armFailpoint(world.failpoints, opened);
    const runId = await requestRun(world, planNamed(NAME));
    const worker = await world.startWorker();
    await worker.ended;
    await sign(world, runId);
    await world.startWorker();
    await acting();
    return { planned: 1, injected: isArmed(world.failpoints) ? 0 : 1 };
  });

/** X10: a decision after the gate has closed, one for a run that is not there, and a signal that names another's. */
export const signedWrongly = (drill: Drill): Promise<Outcome> =>
  disturbed(drill, { scenario: 'release-over-http' }, async (world, acting) => {
    await world.startWorker();
    await world.startApi();
    const runId = await startByApi(world, planNamed(NAME));
    const { approvalId } = await untilAskedByApi(world, runId);
    const [first, ...others] = await signatures(world, approvalId ?? '');
    await signal(await approvalOf(world, runId), 'signOff', { decisionId: 'decision-of-another-run' });
    for (const asked of [first!, ...others]) await must(world, asked);
    await acting();
    const last = others.at(-1)!;
    const wrong: string[] = [];
    const expectStatus = async (path: string, body: object, allowed: number[]): Promise<void> => {
      const { status } = await askOnce(world, { ...last, path, body, key: `late-${path}` });
      if (!allowed.includes(status)) wrong.push(`POST ${path} answered ${status}, not ${allowed.join(' or ')}`);
    };
    await expectStatus('/v1/approvals/run-999/decisions', last.body!, [404]);
    await expectStatus(last.path, { ...last.body, verdict: 'reject' }, [409]);
    // The forged signal and the late decision stand in the log as attempts.
    return { planned: 3, injected: 3, wrong, leaves: { 'events attempt.refused': 2 } };
  });
