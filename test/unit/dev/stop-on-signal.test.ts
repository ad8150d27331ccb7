import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, vi } from 'vitest';
import { entryCommand } from '../../../cli/dev/entry-command.js';
import { identityOf } from '../../../cli/dev/process-identity.js';

/** A process that supervises one child; resolves when the child is up. */
async function startParent(stateFolder: string) {
  const { command, args } = entryCommand('test/support/supervising-process', [stateFolder]);
  const parent = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
  return { parent, childPid: Number(line), exit: once(parent, 'exit') };
}

describe('a process that supervises others', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('stops them on %s and exits with %i', async (signal, code) => {
    const stateFolder = mkdtempSync(join(tmpdir(), 'assay-signal-'));
    const { parent, childPid, exit } = await startParent(stateFolder);
    expect(identityOf(childPid)).toBeDefined();
    parent.kill(signal);
    expect(await exit).toEqual([code, null]);
    await vi.waitFor(() => expect(identityOf(childPid)).toBeUndefined());
    rmSync(stateFolder, { recursive: true });
  });
});
