import { setTimeout as sleep } from 'node:timers/promises';
import type { ApprovalView } from '../../domain/api/approval.js';
import type { RunView } from '../../domain/api/run.js';
import { isEnded } from '../../domain/kernel/states.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import type { World } from './world.js';

const POLL_MILLISECONDS = 200;
const MOST_MILLISECONDS = 900_000;

interface Asked {
  as: 'ada' | 'ruth' | 'leo';
  method: 'GET' | 'POST';
  path: string;
  body?: object;
  /** The Idempotency-Key: the same in each repetition. */
  key?: string;
  /** Which api, where there are several. */
  at?: number;
}

interface Answered<T> {
  status: number;
  body: T;
}

/** One request, as it goes. @throws where no answer came */
export async function askOnce<T>(world: World, { as, method, path, body, key, at }: Asked): Promise<Answered<T>> {
  const response = await fetch(`${world.apiUrl(at)}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${world.tokens[as]}`,
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, body: (await response.json()) as T };
}

/** As a client does: no answer, or one that says "later", is asked again. An api that is gone is started again. */
async function ask<T>(world: World, asked: Asked): Promise<Answered<T>> {
  const deadline = Date.now() + MOST_MILLISECONDS;
  for (;;) {
    await world.keepApiUp(asked.at);
    const answer = await askOnce<T>(world, asked).catch(() => undefined);
    if (answer !== undefined && answer.status < 500) return answer;
    if (Date.now() > deadline) throw new Error(`${asked.method} ${asked.path}: ${JSON.stringify(answer)}`);
    await sleep(POLL_MILLISECONDS);
  }
}

/** @throws where the answer is no */
export async function must<T>(world: World, asked: Asked): Promise<T> {
  const { status, body } = await ask<T>(world, asked);
  if (status >= 400) throw new Error(`${asked.method} ${asked.path}: ${status} ${JSON.stringify(body)}`);
  return body;
}

export async function startByApi(world: World, plan: LifecyclePlan): Promise<string> {
  const body = { plan, startKey: plan.name };
  const asked: Asked = { as: 'ada', method: 'POST', path: '/v1/runs', body, key: `start-${plan.name}` };
  return (await must<{ runId: string }>(world, asked)).runId;
}

async function untilSaid<T>(world: World, path: string, isThere: (body: T) => boolean): Promise<T> {
  const deadline = Date.now() + MOST_MILLISECONDS;
  for (;;) {
    const body = await must<T>(world, { as: 'ada', method: 'GET', path });
    if (isThere(body)) return body;
    if (Date.now() > deadline) throw new Error(`${path} is still ${JSON.stringify(body).slice(0, 500)}`);
    await sleep(POLL_MILLISECONDS);
  }
}

export const untilAskedByApi = (world: World, runId: string): Promise<RunView> =>
  untilSaid<RunView>(
    world,
    `/v1/runs/${runId}`,
    ({ status, stages }) =>
      isEnded(status) || stages.some((one) => one.stage === 'approve' && one.status === 'waiting'),
  );

const untilEndedByApi = (world: World, runId: string): Promise<RunView> =>
  untilSaid<RunView>(world, `/v1/runs/${runId}`, ({ status }) => isEnded(status));

const REASON = 'the evidence holds';

/** The requests by which Leo waives what blocks and both sign. */
export async function signatures(world: World, requestId: string): Promise<Asked[]> {
  const path = `/v1/approvals/${requestId}`;
  const { subjectDigest, unwaived } = await must<ApprovalView>(world, { as: 'ruth', method: 'GET', path });
  const waivers = unwaived.map((question): Asked => {
    const body = { question, reason: REASON, purpose: 'demonstration', until: '2099-01-01', subjectDigest };
    return { as: 'leo', method: 'POST', path: `${path}/waivers`, body, key: `${requestId}-${question}` };
  });
  const decisions = (['ruth', 'leo'] as const).map((as): Asked => {
    const body = { verdict: 'approve', reason: REASON, subjectDigest };
    return { as, method: 'POST', path: `${path}/decisions`, body, key: `${requestId}-${as}` };
  });
  return [...waivers, ...decisions];
}

/** A whole release, asked for and signed over HTTP. */
export async function releaseByApi(world: World, plan: LifecyclePlan): Promise<string> {
  const runId = await startByApi(world, plan);
  const { approvalId } = await untilAskedByApi(world, runId);
  if (approvalId !== null) for (const asked of await signatures(world, approvalId)) await must(world, asked);
  await untilEndedByApi(world, runId);
  return runId;
}
