import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { colours } from '../colours.js';
import { loadLifecycle } from '../../domain/lifecycle-file/load-lifecycle.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import type { CommandContext } from '../action.js';
import { startDevStack } from '../dev/dev-stack.js';
import { takeLock } from '../dev/lock-file.js';
import { wipeState } from '../dev/wipe-state.js';
import type { CommandOutcome } from '../outcome.js';
import { judgeBars } from './bars.js';
import { closingTable } from './closing-table.js';
import { demoPrinter, seconds } from './demo-printer.js';
import type { DemoSession } from './demo-session.js';
import { exampleFiles } from './example-files.js';
import { firstRelease } from './first-release.js';
import { startInbox } from './inbox.js';
import { playLaterMail } from './later-mail.js';
import { releaseFacts } from './release-facts.js';
import { followRetrain } from './retrain.js';

/**
 * The whole lifecycle on real mail, on a stack of its own whose state begins anew; what was fetched is used again.
 * The outcome is NO when the demo ran and did not show what it promises.
 */
export async function runDemo(
  context: CommandContext,
  options: { yes: boolean; isJson: boolean },
): Promise<CommandOutcome> {
  const { terminal, config } = context;
  const folder = join(context.home, 'demo');
  const home = join(folder, 'state');
  const startedAt = performance.now();
  terminal.note(
    'The demo starts a Postgres, a Temporal server and all of Assay; their logs are in ' + join(home, 'logs'),
  );
  const unlock = takeLock(join(folder, 'lock'));
  try {
    await wipeState(home);
    mkdirSync(home, { recursive: true });
    const log = (line: string) => terminal.note(colours.dim(`      ${line}`));
    const stack = await startDevStack({ home, cacheHome: context.home, config, log });
    const setUpMilliseconds = performance.now() - startedAt;
    const signsItself = options.yes || !terminal.isInteractive;
    const session: DemoSession = { stack, home, printer: demoPrinter(terminal, options.isJson), signsItself };
    try {
      return await nineSteps(session, { resultFile: join(folder, 'result.json'), setUpMilliseconds });
    } finally {
      await stack.stop();
    }
  } finally {
    unlock();
  }
}

async function nineSteps(
  session: DemoSession,
  { resultFile, setUpMilliseconds }: { resultFile: string; setUpMilliseconds: number },
): Promise<CommandOutcome> {
  const startedAt = performance.now();
  const { printer } = session;
  const plan = await loadExample(session);
  const firstRun = await firstRelease(session, plan);
  const inbox = startInbox(session, laterFrom(plan));
  try {
    const windows = await playLaterMail(session, inbox);
    const secondRun = await followRetrain(session, firstRun.id);
    const [first, second] = [releaseFacts(firstRun), releaseFacts(secondRun)];
    const bars = judgeBars({ first, second, windows });
    const tookMilliseconds = performance.now() - startedAt;
    const result = { first, second, windows, bars, tookMilliseconds, setUpMilliseconds };
    writeFileSync(resultFile, `${JSON.stringify(result, null, 2)}\n`);
    printer.step('both versions', tookMilliseconds, closingTable(first, second, session.home));
    printer.say(
      `\nset-up ${seconds(setUpMilliseconds)}, demo ${seconds(tookMilliseconds)}; all numbers: ${resultFile}`,
    );
    const missed = bars.filter(({ isMet }) => !isMet);
    for (const { sentence } of missed) printer.say(`${colours.red('✗')} ${sentence}`);
    return { code: missed.length === 0 ? 'OK' : 'NO', data: result, lines: [] };
  } finally {
    inbox.close();
  }
}

async function loadExample({ printer }: DemoSession): Promise<LifecyclePlan> {
  const { lifecycle, overlay } = exampleFiles();
  printer.say(`${lifecycle}, with ${overlay} laid over it:`);
  for (const line of readFileSync(overlay, 'utf8').trimEnd().split('\n')) printer.say(`    ${line}`);
  const { plan } = await loadLifecycle([lifecycle, overlay], (path) => readFile(path, 'utf8'));
  return plan;
}

/** The first moment of the mail that people label in service. */
const laterFrom = ({ data }: LifecyclePlan): string =>
  data.sources.find(({ labels }) => labels.by === 'feedback')?.period.from ?? '';
