import { setTimeout as sleep } from 'node:timers/promises';

/** When a child counts as ready: a URL answers 2xx, a line appears in its output, or a probe says so. */
export type Readiness =
  { readonly http: string } | { readonly line: RegExp } | { readonly probe: () => Promise<boolean> };

const POLL_MILLISECONDS = 40;
const REQUEST_MILLISECONDS = 1_000;

/** Waits until the child is ready; false when the signal came first. `sawLine` tells whether the line has appeared. */
export async function untilReady(readiness: Readiness, sawLine: () => boolean, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await isReady(readiness, sawLine)) return true;
    await sleep(POLL_MILLISECONDS);
  }
  return false;
}

async function isReady(readiness: Readiness, sawLine: () => boolean): Promise<boolean> {
  if ('line' in readiness) return sawLine();
  try {
    return 'http' in readiness ? await answers(readiness.http) : await readiness.probe();
  } catch {
    return false;
  }
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(REQUEST_MILLISECONDS) });
  await response.body?.cancel();
  return response.ok;
}
