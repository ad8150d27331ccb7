import { fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startedByDev } from '../../server/process/started-by-dev.js';

const ENTRY = fileURLToPath(new URL('../support/print-started-by-dev.ts', import.meta.url));

/** What a real child that was forked with this message says of itself. */
async function askChild(message: Record<string, unknown> | undefined, env: Record<string, string>): Promise<unknown> {
  const child = fork(ENTRY, { execArgv: ['--import', 'tsx'], env: { ...process.env, ...env }, silent: true });
  if (message !== undefined) child.send(message);
  const [answer] = (await once(child, 'message')) as unknown[];
  child.disconnect();
  await once(child, 'exit');
  return answer;
}

describe('the proof of dev', () => {
  it('is a message of the parent', async () => {
    expect(await askChild({ assayDev: true }, {})).toBe(true);
  });

  it('is not an environment variable', async () => {
    expect(await askChild({ hello: 'child' }, { ASSAY_DEV: '1', assayDev: 'true', ASSAY_DEMO: '1' })).toBe(false);
  });

  it('is never there without a channel', async () => {
    const parent = Object.assign(new EventEmitter(), { channel: null });
    const answer = startedByDev(parent, 5);
    parent.emit('message', { assayDev: true });
    expect(await answer).toBe(false);
  });

  it('is not a parent that keeps silent or says something else', async () => {
    const parent = Object.assign(new EventEmitter(), { channel: {} });
    const answer = startedByDev(parent, 5);
    for (const message of ['assayDev', null, { assayDev: 'true' }, { assayDev: 1 }]) parent.emit('message', message);
    expect(await answer).toBe(false);
    expect(parent.listenerCount('message')).toBe(0);
  });
});
