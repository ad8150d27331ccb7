import { fileURLToPath } from 'node:url';
import type { Drill } from '../drill.js';
import type { Outcome } from '../outcome.js';
import type { ProcessOptions, World } from '../world.js';
import { disturbed } from './disturbed.js';

const DAYS = 2 * 86_400_000;
const MOST_MILLISECONDS = 600_000;
const PRELOAD = fileURLToPath(new URL('../inside/shifted-clock.mjs', import.meta.url));

const wrongBy = (milliseconds: number): ProcessOptions => ({
  nodeArguments: ['--import', PRELOAD],
  env: { ASSAY_DRILL_CLOCK_SHIFT: String(milliseconds) },
});

/** X11: the clock of the api two days wrong in one direction, that of the worker in the other. */
export const wrongClocks = (drill: Drill, direction: 1 | -1): Promise<Outcome> =>
  disturbed(drill, { scenario: 'release-over-http' }, async (world, acting) => {
    const startedAt = Date.now();
    await world.startWorker(wrongBy(-direction * DAYS));
    await world.startApi(wrongBy(direction * DAYS));
    const runs = await acting();
    return { planned: 2, injected: 2, wrong: await misdated(world, runs, startedAt) };
  });

/** What people signed says when; so do the request and its end. */
async function misdated({ approvals }: World, runs: readonly string[], startedAt: number): Promise<string[]> {
  const moments: [string, string][] = [];
  for (const runId of runs) {
    const { request, decisions, waivers, closed } = await approvals.load(runId);
    moments.push(['the request was opened', request.openedAt], ['the request ended', closed?.at ?? '']);
    for (const { id, envelope } of [...decisions, ...waivers]) {
      const { decidedAt } = JSON.parse(Buffer.from(envelope.payload, 'base64').toString()) as { decidedAt: string };
      moments.push([`${id} was signed`, decidedAt]);
    }
  }
  const isNow = (moment: string): boolean => Math.abs(Date.parse(moment) - startedAt) < MOST_MILLISECONDS;
  return moments.filter(([, moment]) => !isNow(moment)).map(([what, moment]) => `${what} on ${moment}`);
}
