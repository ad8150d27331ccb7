import { z } from 'zod';
import type { Finding } from '../../domain/health-check.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { entryCommand } from '../dev/entry-command.js';
import { runCommand } from '../dev/run-command.js';

const PATIENCE_MILLISECONDS = 120_000;

const answer = z.object({
  findings: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['ok', 'warning', 'failed', 'skipped']),
      detail: z.string(),
      remedy: z.string().optional(),
    }),
  ),
});

/**
 * What a worker with this environment would find. A process of its own looks: it resolves secrets, which the command
 * line never does. @throws LifecycleError COMMAND where it does not come to an end
 */
export async function workerFindings(): Promise<Finding[]> {
  const printed = await runCommand({
    ...entryCommand('workers/doctor/main'),
    timeoutMilliseconds: PATIENCE_MILLISECONDS,
  }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new LifecycleError('COMMAND', `The worker's part of the doctor did not end: ${why}`, {}, error);
  });
  const line = printed.split('\n').find((each) => each.startsWith('{"findings"'));
  return answer.parse(JSON.parse(line ?? '{}')).findings.map(({ remedy, ...finding }) => ({
    ...finding,
    ...(remedy !== undefined && { remedy }),
  }));
}
