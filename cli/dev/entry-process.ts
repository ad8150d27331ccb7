import { entryCommand } from './entry-command.js';
import type { ProcessSpec } from './supervised-process.js';

/** One of Assay's own processes as a child that knows who its parent is, and ends when the parent is gone. */
export function entryProcess(
  spec: { name: string; entry: string; env: Record<string, string> } & Pick<ProcessSpec, 'ready'>,
): ProcessSpec {
  const { name, entry, env, ready } = spec;
  return { name, ...entryCommand(entry), env, ready, message: { assayDev: true } };
}
