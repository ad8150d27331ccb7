import type { Context, Handler } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import { toldEventSchema, type ToldEventView } from '../../../domain/api/event.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { ToldEvent } from '../../../db/views/told-events.js';
import type { ApiEnvironment } from '../environment.js';
import type { EventHub } from '../events/event-hub.js';
import { projectsOf } from '../permissions.js';
import { sendProblem } from '../problem.js';
import type { Route, RouteOptions } from '../route.js';
import type { ApiStores, Principal } from '../stores.js';

/** Streams of one person at one time. */
const MOST_STREAMS = 8;
/** After this a stream ends and is asked for anew: whoever lost a role, or signed out, hears nothing more. */
const LONGEST_MILLISECONDS = 60_000;
const BEAT_MILLISECONDS = 15_000;
const RETRY_MILLISECONDS = 1_000;
/** Whoever missed more is told so, and reads everything anew. */
const MOST_MISSED = 500;
const LEAF_INDEX = /^\d{1,15}$/;

/** GET /v1/events: what happens in the caller's projects, as it happens, as server-sent events. */
function followEvents(_stores: ApiStores, { events }: RouteOptions): Handler<ApiEnvironment> {
  const streams = new Map<string, number>();
  return (c) => {
    if (events === undefined) throw new LifecycleError('NOT_FOUND', 'This api tells of no events. Ask again instead.');
    const principal = c.get('principal');
    const open = streams.get(principal.id) ?? 0;
    if (open >= MOST_STREAMS) return tooMany(c);
    streams.set(principal.id, open + 1);
    const given = c.req.header('last-event-id') ?? '';
    const after = LEAF_INDEX.test(given) ? Number(given) : events.last();
    // A proxy must not hold back what is told.
    c.header('x-accel-buffering', 'no');
    return streamSSE(c, (stream) =>
      tell({ stream, events, principal, after }).finally(() => {
        const left = (streams.get(principal.id) ?? 1) - 1;
        if (left === 0) streams.delete(principal.id);
        else streams.set(principal.id, left);
      }),
    );
  };
}

function tooMany(c: Context<ApiEnvironment>): Response {
  c.header('retry-after', String(LONGEST_MILLISECONDS / 1_000));
  const detail = `At most ${MOST_STREAMS} streams of events are open for one person. Close some.`;
  return sendProblem(c, { status: 429, title: 'Too many streams', code: 'TOO_MANY', detail });
}

interface Telling {
  stream: SSEStreamingApi;
  events: EventHub;
  principal: Principal;
  after: number;
}

async function tell({ stream, events, principal, after }: Telling): Promise<void> {
  const projects = new Set(projectsOf(principal));
  const waiting: ToldEvent[] = [];
  const ends = Date.now() + LONGEST_MILLISECONDS;
  let wake = (): void => undefined;
  let told = after;
  const unsubscribe = events.subscribe((event) => {
    waiting.push(event);
    wake();
  });
  const isOver = (): boolean => stream.aborted || events.ended.aborted || Date.now() >= ends;
  const onEnd = (): void => wake();
  stream.onAbort(onEnd);
  events.ended.addEventListener('abort', onEnd);
  try {
    await stream.write(`retry: ${RETRY_MILLISECONDS}\n\n`);
    const missed = await events.since(after, MOST_MISSED);
    if (missed.length === MOST_MISSED) {
      await stream.writeSSE({ event: 'missed', data: '{}' });
      told = events.last();
    } else waiting.unshift(...missed);
    while (!isOver()) {
      // What was missed and came meanwhile stands there twice.
      const next = waiting.splice(0).filter(({ leafIndex }) => leafIndex > told);
      for (const event of next) {
        told = Math.max(told, event.leafIndex);
        if (event.project !== null && projects.has(event.project)) await stream.writeSSE(lineOf(event));
      }
      if (next.length === 0) await stream.write(': still here\n\n');
      if (waiting.length > 0) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, BEAT_MILLISECONDS);
        wake = () => (clearTimeout(timer), resolve());
      });
    }
  } finally {
    unsubscribe();
    events.ended.removeEventListener('abort', onEnd);
  }
}

function lineOf({ leafIndex, action, subject }: ToldEvent) {
  const told: ToldEventView = { leafIndex, action, subject };
  return { id: String(leafIndex), data: JSON.stringify(told) };
}

export const followEventsRoute: Route = {
  method: 'get',
  path: '/v1/events',
  operationId: 'followEvents',
  tag: 'operations',
  summary: "What happens in the caller's projects, as it happens",
  description:
    'As server-sent events (`text/event-stream`): the data of each is this object, its id the leaf of the audit log. ' +
    'With `Last-Event-ID` it goes on from there; an event `missed` says that too much happened since. A stream ends ' +
    'after a minute and is to be asked for anew.',
  answers: {
    200: { description: 'One event; the stream goes on.', schema: toldEventSchema, alsoAs: ['text/event-stream'] },
  },
  handler: followEvents,
};
