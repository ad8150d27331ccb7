import { readdirSync, readFileSync } from 'node:fs';

/** What processes have used, as Linux counts it; elsewhere it is not measured. */
export interface ProcessUse {
  cpuMilliseconds: number;
  /** Resident, pages shared with others counted in part. */
  memoryMegabytes: number;
}

const TICKS_A_SECOND = 100;
const KILOBYTE = 1024;

/** A process with all of its children, also those that have ended; undefined where there is no /proc. */
export function processUse(pid: number | undefined): ProcessUse | undefined {
  if (pid === undefined || process.platform !== 'linux') return undefined;
  let ticks = 0;
  let kilobytes = 0;
  for (const one of withDescendants(pid)) {
    const stat = statOf(one);
    if (stat === undefined) continue;
    ticks += stat.ticks + (one === pid ? stat.endedChildrenTicks : 0);
    kilobytes += proportionalKilobytes(one);
  }
  return { cpuMilliseconds: (ticks * 1000) / TICKS_A_SECOND, memoryMegabytes: kilobytes / KILOBYTE };
}

/** CPU of a process by the names of its threads, in ms; the main thread is `main`. */
export function threadUse(pid: number | undefined): Record<string, number> {
  const byName: Record<string, number> = {};
  if (pid === undefined || process.platform !== 'linux') return byName;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const stat = statOf(Number(thread), `/proc/${pid}/task/${thread}/stat`);
    if (stat === undefined) continue;
    const name = Number(thread) === pid ? 'main' : stat.name;
    byName[name] = (byName[name] ?? 0) + (stat.ticks * 1000) / TICKS_A_SECOND;
  }
  return byName;
}

interface Stat {
  name: string;
  parent: number;
  ticks: number;
  endedChildrenTicks: number;
}

function statOf(pid: number, path = `/proc/${pid}/stat`): Stat | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    const [name, fields] = [
      text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')),
      text.slice(text.lastIndexOf(')') + 2),
    ];
    const values = fields.split(' ').map(Number);
    return {
      name,
      parent: values[1]!,
      ticks: values[11]! + values[12]!,
      endedChildrenTicks: values[13]! + values[14]!,
    };
  } catch {
    return undefined;
  }
}

function withDescendants(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    if (stat !== undefined) parents.set(Number(name), stat.parent);
  }
  const found = [root];
  for (const pid of found) {
    for (const [child, parent] of parents) if (parent === pid) found.push(child);
  }
  return found;
}

function proportionalKilobytes(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
