import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findTemporalBinary } from '../../../cli/dev/temporal-binary.js';
import { isOlder, parseServerVersion } from '../../../cli/dev/temporal-version.js';
import { TEMPORAL_WAYS, type TemporalWay } from '../../../cli/dev/temporal-ways.js';

function writeProgram(path: string, output: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho '${output}'\n`, { mode: 0o755 });
  return path;
}

describe('the search for a Temporal server', () => {
  let folder: string;
  let said: string[];
  const cached = () => join(folder, 'cache', 'temporal', 'temporal');
  const find = (more: { mayDownload?: boolean; ways?: TemporalWay[] } = {}) =>
    findTemporalBinary({
      cacheFolder: join(folder, 'cache'),
      mayDownload: false,
      log: (line) => said.push(line),
      ...more,
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-temporal-'));
    said = [];
    vi.stubEnv('PATH', join(folder, 'bin'));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it('takes the program on the PATH and says so', async () => {
    writeProgram(join(folder, 'bin', 'temporal'), 'temporal version 1.5.1 (Server 1.29.1, UI 2.41.0)');
    expect(await find()).toMatchObject({ path: 'temporal', serverVersion: '1.29.1' });
    expect(said).toEqual(['Temporal server 1.29.1 from temporal on the PATH']);
  });

  it('goes on to the cache when the one on the PATH is too old', async () => {
    writeProgram(join(folder, 'bin', 'temporal'), 'temporal version 1.1.0 (Server 1.25.0, UI 2.31.2)');
    writeProgram(cached(), 'temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)');
    expect(await find()).toMatchObject({ path: cached(), serverVersion: '1.32.0' });
  });

  it('lists everything it tried when there is no way left', async () => {
    const list = await find().catch((error: Error) => error.message);
    expect(list).toContain('temporal on the PATH: spawn temporal ENOENT');
    expect(list).toContain("Assay's cache: spawn");
    expect(list).toContain("the Temporal SDK's download: forbidden by ASSAY_NO_DOWNLOAD=1");
    expect(list).toContain('ASSAY_TEMPORAL_ADDRESS');
  });

  it('forbids exactly the three ways that use the network', () => {
    expect(TEMPORAL_WAYS.map((way) => way.isDownload)).toEqual([false, false, true, true, true]);
  });

  it('goes on when a download fails, and keeps what the next one brings', async () => {
    const failing: TemporalWay = { name: 'one', isDownload: true, obtain: () => Promise.reject(new Error('offline')) };
    const working: TemporalWay = {
      name: 'two',
      isDownload: true,
      obtain: async (target) => writeProgram(target, 'temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)'),
    };
    expect(await find({ mayDownload: true, ways: [failing, working] })).toMatchObject({ path: cached(), from: 'two' });
    expect((await find()).from).toBe("Assay's cache");
  });

  it('refuses a program that is not Temporal', async () => {
    writeProgram(join(folder, 'bin', 'temporal'), 'a calendar, version 2');
    await expect(find()).rejects.toThrow('temporal on the PATH: it does not tell its server version');
  });
});

describe('a server version', () => {
  it('is read from the program and compared number by number', () => {
    expect(parseServerVersion('temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)')).toBe('1.32.0');
    expect(isOlder('1.29.0', '1.29.1')).toBe(true);
    expect(isOlder('1.9.9', '1.29.1')).toBe(true);
    expect(isOlder('1.29.1', '1.29.1')).toBe(false);
    expect(isOlder('2.0.0', '1.29.1')).toBe(false);
  });
});
