import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { identityOf } from '../../../cli/dev/process-identity.js';
import type { ProcessSpec } from '../../../cli/dev/supervised-process.js';
import { createSupervisor, type Supervisor } from '../../../cli/dev/supervisor.js';

const READY = { line: /^ready/ };
const STAYS_UP = "console.log('ready'); setInterval(() => {}, 1000);";
const IGNORES_SIGTERM = `process.on('SIGTERM', () => console.log('no')); ${STAYS_UP}`;

const script = (name: string, code: string, more: Partial<ProcessSpec> = {}): ProcessSpec => ({
  name,
  command: process.execPath,
  args: ['-e', code],
  ready: READY,
  ...more,
});
const isUp = (pid: number | undefined) => pid !== undefined && identityOf(pid) !== undefined;

describe('the supervisor', () => {
  let stateFolder: string;
  let supervisor: Supervisor;
  let said: string[];
  const another = () => createSupervisor({ stateFolder, log: (line) => said.push(line) });

  beforeEach(() => {
    stateFolder = mkdtempSync(join(tmpdir(), 'assay-supervisor-'));
    said = [];
    supervisor = another();
  });
  afterEach(async () => {
    await supervisor.stopAll();
    rmSync(stateFolder, { recursive: true });
  });

  it('waits for the line that says ready, and keeps the output in a log file', async () => {
    const child = await supervisor.startProcess(script('quiet', STAYS_UP));
    expect(isUp(child.pid)).toBe(true);
    expect(readFileSync(join(stateFolder, 'logs', 'quiet.log'), 'utf8')).toMatch(/^\d{4}-\S+Z ready\n$/);
  });

  it('kills a child that ignores the signal to stop', async () => {
    const child = await supervisor.startProcess(script('stubborn', IGNORES_SIGTERM, { patienceMilliseconds: 200 }));
    await child.stop();
    expect(isUp(child.pid)).toBe(false);
    expect(readFileSync(join(stateFolder, 'logs', 'stubborn.log'), 'utf8')).toContain('Z no\n');
  });

  it('ends the children of a child as well', async () => {
    const spawns = `const c = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
      console.log('ready ' + c.pid); setInterval(() => {}, 1000);`;
    const child = await supervisor.startProcess(script('parent', spawns));
    const grandchild = Number(/ready (\d+)/.exec(readFileSync(join(stateFolder, 'logs', 'parent.log'), 'utf8'))?.[1]);
    expect(isUp(grandchild)).toBe(true);
    await child.stop();
    await vi.waitFor(() => expect(isUp(grandchild)).toBe(false));
  });

  it('starts a crashed child again', async () => {
    const child = await supervisor.startProcess(script('crashing', STAYS_UP));
    const first = child.pid;
    process.kill(first ?? 0, 'SIGKILL');
    await vi.waitFor(() => expect(isUp(child.pid) && child.pid !== first).toBe(true), { timeout: 15_000 });
    expect(said).toEqual([expect.stringContaining('crashing ended (signal SIGKILL); starting it again in 500 ms')]);
  });

  it('does not start a child again that it stopped itself', async () => {
    const child = await supervisor.startProcess(script('done', STAYS_UP));
    await child.stop();
    expect(said).toEqual([]);
    expect(existsSync(join(stateFolder, 'running', 'done.json'))).toBe(false);
  });

  it('fails with the last lines of output when a child ends before it is ready', async () => {
    const broken = script('broken', "console.error('no such table'); process.exit(3)");
    await expect(supervisor.startProcess(broken)).rejects.toMatchObject({
      code: 'COMMAND',
      message: expect.stringMatching(/^broken ended \(code 3\).*no such table/s) as string,
    });
  });

  it('fails when a program cannot be started at all', async () => {
    const missing = script('missing', '', { command: join(stateFolder, 'nothing') });
    await expect(supervisor.startProcess(missing)).rejects.toThrow(/missing ended \(not started: .*ENOENT/);
  });

  it('gives up on a child that is never ready, and ends it', async () => {
    const mute = script('mute', 'console.log(process.pid); setInterval(() => {}, 1000);', {
      readyWithinMilliseconds: 600,
    });
    await expect(supervisor.startProcess(mute)).rejects.toThrow('mute was not ready within 600 ms');
    const pid = Number(/Z (\d+)/.exec(readFileSync(join(stateFolder, 'logs', 'mute.log'), 'utf8'))?.[1]);
    expect(isUp(pid)).toBe(false);
  });

  it('stops the last started child first', async () => {
    const order: string[] = [];
    for (const name of ['first', 'second']) {
      const child = await supervisor.startProcess(script(name, STAYS_UP));
      const stop = child.stop.bind(child);
      child.stop = () => (order.push(name), stop());
    }
    await supervisor.stopAll();
    expect(order).toEqual(['second', 'first']);
  });

  it('ends what an earlier start left running when that was killed', async () => {
    const orphan = await supervisor.startProcess(script('worker', STAYS_UP, { restart: false }));
    const next = another();
    const child = await next.startProcess(script('worker', STAYS_UP));
    expect(isUp(orphan.pid)).toBe(false);
    expect(isUp(child.pid)).toBe(true);
    expect(said).toEqual([`worker: ended process ${orphan.pid} of an earlier start`]);
    await next.stopAll();
  });
});
