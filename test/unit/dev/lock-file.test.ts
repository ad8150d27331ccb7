import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeLock } from '../../../cli/dev/lock-file.js';
import { identityOf } from '../../../cli/dev/process-identity.js';

describe('the lock of a state folder', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-lock-'));
    path = join(folder, 'state', 'dev.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is free again after it was given back', () => {
    takeLock(path)();
    expect(existsSync(path)).toBe(false);
    expect(() => takeLock(path)).not.toThrow();
  });

  it('names the process that holds it and says what to do', () => {
    takeLock(path);
    expect(() => takeLock(path)).toThrow(
      expect.objectContaining({
        code: 'CONFLICT',
        message: expect.stringContaining(`"kill ${process.pid}"`) as string,
      }) as Error,
    );
  });

  it('is taken over from a process that is gone', () => {
    takeLock(path)();
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(path, JSON.stringify({ pid, startedAt: '1' }));
    expect(() => takeLock(path)).not.toThrow();
  });

  it('is taken over when the process id belongs to another process by now', () => {
    takeLock(path)();
    writeFileSync(path, JSON.stringify({ ...identityOf(process.pid), startedAt: '1' }));
    expect(() => takeLock(path)).not.toThrow();
  });

  it('is taken over when its file is broken', () => {
    takeLock(path)();
    writeFileSync(path, '{"pid":');
    expect(() => takeLock(path)).not.toThrow();
  });
});
