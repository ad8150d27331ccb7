import { randomUUID } from 'node:crypto';
import { createApprovalStore } from '../../../db/stores/approval-store.js';
import { createRunRequests } from '../../../db/stores/run-requests.js';
import { taskPageSchema } from '../../../domain/api/task.js';
import { digestOf } from '../../../domain/evidence/canonical.js';
import type { Digest } from '../../../domain/kernel/digest.js';
import { openRequest } from '../../support/approval-files.js';
import { toyPlan } from '../../support/toy-plan.js';
import type { Part } from '../part.js';
import { signIn } from '../people.js';
import { inParallel, percentile, repeatedly } from '../statistics.js';
import type { World } from '../world.js';

const PROJECT = 'inbox';
const PEOPLE = { ada: 'ml-lead', ruth: 'risk', leo: 'legal' } as const;
const AT_ONCE = 16;

export interface InboxFigures {
  pages: { waiting: number; page: string; p50Milliseconds: number; p99Milliseconds: number }[];
  /** Of the largest inbox. */
  slowestP99Milliseconds: number;
  decisionsPerSecond: number;
}

interface OpenedRequest {
  id: string;
  subjectDigest: Digest;
}

/** One page of the inbox, asked of an api process over loopback; and how many decisions a second that process takes. */
export const inbox: Part = {
  name: 'inbox',
  title: 'The inbox of an approver, and decisions, by one api process',
  async run({ world: open, isQuick }) {
    const world = await open();
    const [sizes, pages, toSign] = isQuick ? [[5, 20], 3, 5] : [[500, 5_000], 100, 2_000];
    const tokens = await signIn(world, PROJECT, PEOPLE);
    const api = await world.startApi();
    const figures: InboxFigures = { pages: [], slowestP99Milliseconds: 0, decisionsPerSecond: 0 };
    const requests: OpenedRequest[] = [];
    try {
      for (const size of sizes) {
        await repeatedly(size - requests.length, 8, async () => void requests.push(await openOne(world)));
        figures.pages.push(...(await measure(api.url, tokens, { waiting: size, pages })));
      }
      const signed = requests.slice(0, toSign);
      figures.decisionsPerSecond = await decide(api.url, tokens.ruth, signed);
      const waiting = requests.length;
      figures.pages.push(
        await timed(api.url, {
          token: tokens.ruth,
          query: 'waitingFor=me',
          waiting,
          pages,
          page: `mine, ${toSign} signed`,
        }),
      );
    } finally {
      await api.process.stop();
    }
    const largest = figures.pages.filter(({ waiting }) => waiting === requests.length);
    figures.slowestP99Milliseconds = Math.max(...largest.map((page) => page.p99Milliseconds));
    return {
      columns: ['requests waiting', 'page of 50', 'p50 ms', 'p99 ms'],
      rows: figures.pages.map((page) => [String(page.waiting), page.page, page.p50Milliseconds, page.p99Milliseconds]),
      notes: [
        `${pages} pages each, one after the other; a request is two tasks, to approve and to waive`,
        `${figures.decisionsPerSecond.toFixed(0)} decisions a second: ${toSign} of one person, ${AT_ONCE} at once; the client and Postgres on the same cores`,
      ],
      figures,
    };
  },
};

/** A request as a run opens it, without the workflow. */
async function openOne({ db }: World): Promise<OpenedRequest> {
  const plan = toyPlan({ name: 'inbox' });
  const startKey = randomUUID();
  const run = { project: PROJECT, plan, planDigest: digestOf(plan), requestedBy: 'ada', startKey };
  const { runId } = await createRunRequests(db).requestRun(run);
  const { openedAt: _openedAt, expiresAt: _expiresAt, state: _state, ...asked } = openRequest;
  const own = { id: runId, runId, project: PROJECT, expiresAfterMilliseconds: 3_600_000 };
  return createApprovalStore(db).open({ ...asked, ...own });
}

type Tokens = Record<keyof typeof PEOPLE, string>;

async function measure(url: string, tokens: Tokens, { waiting, pages }: { waiting: number; pages: number }) {
  const ask = (page: string, token: string, query: string) => timed(url, { page, token, query, waiting, pages });
  const { next } = await read(url, tokens.leo, 'waitingFor=me&limit=200');
  const further = next === null ? '' : `&cursor=${next}`;
  return [
    await ask('all', tokens.ruth, 'state=open'),
    await ask('mine', tokens.ruth, 'waitingFor=me'),
    await ask('mine, further on', tokens.leo, `waitingFor=me${further}`),
    await ask('mine, of who asked for all', tokens.ada, 'waitingFor=me'),
  ];
}

interface Asked {
  page: string;
  token: string;
  query: string;
  waiting: number;
  pages: number;
}

async function timed(url: string, { page, token, query, waiting, pages }: Asked) {
  const took: number[] = [];
  await read(url, token, query);
  await repeatedly(pages, 1, async () => {
    const began = performance.now();
    await read(url, token, query);
    took.push(performance.now() - began);
  });
  return { waiting, page, p50Milliseconds: percentile(took, 0.5), p99Milliseconds: percentile(took, 0.99) };
}

async function read(url: string, token: string, query: string) {
  const response = await fetch(`${url}/v1/tasks?${query}`, { headers: { authorization: `Bearer ${token}` } });
  return taskPageSchema.parse(await response.json());
}

/** @returns decisions a second */
async function decide(url: string, token: string, requests: readonly OpenedRequest[]): Promise<number> {
  const began = performance.now();
  await inParallel(requests, AT_ONCE, async ({ id, subjectDigest }) => {
    const response = await fetch(`${url}/v1/approvals/${id}/decisions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ verdict: 'approve', reason: 'the evidence holds', subjectDigest }),
    });
    if (response.status !== 201)
      throw new Error(`A decision was answered ${response.status}: ${await response.text()}`);
  });
  return requests.length / ((performance.now() - began) / 1000);
}
