import { accessSync, constants, readFileSync } from 'node:fs';
import type { CommandLimits } from '../../domain/commands/command-entry.js';

const PRLIMIT = ['/usr/bin/prlimit', '/bin/prlimit'];

/**
 * The program behind `prlimit` of util-linux, which sets resource limits and becomes it: no shell stands between. Where
 * there is no prlimit the program is started as it is.
 */
export function limitedArgv(argv: readonly string[], limits: CommandLimits): { argv: string[]; areSet: boolean } {
  const prlimit = process.platform === 'linux' ? PRLIMIT.find(isExecutable) : undefined;
  if (prlimit === undefined) return { argv: [...argv], areSet: false };
  const { openFiles, addressSpaceBytes, folderBytes } = limits;
  const options = [
    '--core=0',
    `--nofile=${atMost('Max open files', openFiles)}`,
    // No single file can be larger than all of them may be together.
    `--fsize=${atMost('Max file size', folderBytes)}`,
    ...(addressSpaceBytes === null ? [] : [`--as=${atMost('Max address space', addressSpaceBytes)}`]),
  ];
  return { argv: [prlimit, ...options, '--', ...argv], areSet: true };
}

/** A limit is lowered, never raised: that needs rights. */
function atMost(name: string, wanted: number): number {
  const row = readFileSync('/proc/self/limits', 'utf8')
    .split('\n')
    .find((line) => line.startsWith(name));
  const hard = Number(/(\d+|unlimited)\s+\S*\s*$/.exec(row ?? '')?.[1]);
  return Number.isFinite(hard) ? Math.min(hard, wanted) : wanted;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
