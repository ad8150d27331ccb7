import { LifecycleError } from '../../domain/kernel/errors.js';
import { apiAs, type DemoSession } from './demo-session.js';
import type { Inbox } from './inbox.js';
import { waitFor } from './wait-for.js';
import { readWindows, windowLines, type Window } from './windows.js';

const WINDOW_MILLISECONDS = 90_000;

/** Step 7: later mail arrives as traffic, half by half; then people say what it was. */
export async function playLaterMail(session: DemoSession, inbox: Inbox): Promise<Window[]> {
  const startedAt = performance.now();
  const auditor = apiAs(session, 'demo-ruth');
  const until = (what: string, isThere: (windows: readonly Window[]) => boolean): Promise<Window[]> =>
    waitFor(what, WINDOW_MILLISECONDS, async () => {
      const windows = await readWindows(auditor);
      return isThere(windows) ? windows : undefined;
    });
  const count = await inbox.mails;
  if (count === 0) throw new LifecycleError('NOT_FOUND', 'There is no later mail to play back.');
  const half = Math.floor(count / 2);
  await inbox.play(half);
  const { length: before } = await until('a first verdict of the monitor', (windows) => judged(windows).length > 0);
  await inbox.play(count - half);
  await until('a second verdict of the monitor', (windows) => judged(windows.slice(before)).length > 0);
  const labels = await inbox.label();
  const windows = await until('a verdict on the labels', (all) => all.some(({ quality }) => quality.drop !== null));
  session.printer.step('later mail arrives, then its labels: the monitor sees drift', performance.now() - startedAt, [
    `${count} mails asked of the gateway, ${labels} labels told to the api`,
    ...windowLines(windows),
  ]);
  return windows;
}

const judged = (windows: readonly Window[]): Window[] => windows.filter(({ inputDrift }) => inputDrift !== null);
