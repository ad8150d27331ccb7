import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process and when it started: the pair stays unique although the system gives process ids out again. */
export interface ProcessIdentity {
  pid: number;
  startedAt: string;
}

const IS_LINUX = process.platform === 'linux';

/** Who runs under this process id now; undefined when nobody does (a zombie counts as nobody). */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const startedAt = IS_LINUX ? statOf(pid)?.startedAt : startFromPs(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export const isRunning = ({ pid, startedAt }: ProcessIdentity): boolean => identityOf(pid)?.startedAt === startedAt;

/** Where process ids mean something: this machine since it was started, and in it this container. */
export function placeOfProcesses(): string {
  return [hostname(), read('/proc/sys/kernel/random/boot_id')?.trim(), link('/proc/self/ns/pid')].join(' ');
}

/** Fields of /proc/<pid>/stat: 3 state, 5 process group, 22 clock ticks between boot and start. */
function statOf(pid: number): { group: number; startedAt: string } | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields === undefined || fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return { group: Number(fields[2]), startedAt: fields[19]! };
}

function startFromPs(pid: number): string | undefined {
  try {
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim() || undefined
    );
  } catch {
    return undefined;
  }
}

/**
 * The processes of a job: those of its group, and on Linux those that left it but still carry its mark in the
 * environment that they were started with.
 */
export function processesOf(leader: number | undefined, mark: string): number[] {
  if (!IS_LINUX) return leader !== undefined && signal(-leader, 0) ? [-leader] : [];
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid)
    .filter((pid) => {
      const stat = statOf(pid);
      if (stat === undefined) return false;
      return stat.group === leader || read(`/proc/${pid}/environ`)?.split('\0').includes(mark) === true;
    });
}

/** Resident memory of these processes together, in bytes; undefined where the system does not say it here. */
export function residentBytes(pids: readonly number[]): number | undefined {
  if (!IS_LINUX) return undefined;
  const kilobytes = pids.map((pid) => Number(/^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1] ?? 0));
  return kilobytes.reduce((sum, each) => sum + each * 1024, 0);
}

/** Whether there was somebody to receive it. A negative id is a group. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function link(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
