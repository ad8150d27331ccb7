import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from './atomic-file.js';
import { createTurns } from './in-turn.js';
import { unixSeconds } from './unix-seconds.js';

const eventSchema = z.object({
  id: z.string(),
  createdAt: z.number(),
  type: z.enum(['message', 'metrics']),
  message: z.string(),
  data: z.record(z.string(), z.number()),
});
export type JobEvent = z.infer<typeof eventSchema>;

export interface EventLog {
  /** Oldest first. */
  list(jobId: string): Promise<readonly JobEvent[]>;
  append(jobId: string, event: Pick<JobEvent, 'type' | 'message' | 'data'>): Promise<void>;
}

/** Events of jobs, a JSON-lines file per job that only grows; an event is shown once it is written. */
export async function openEventLog(folder: string): Promise<EventLog> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const inTurn = createTurns();
  const logs = new Map<string, Promise<JobEvent[]>>();
  const pathOf = (jobId: string): string => join(folder, `${jobId}.jsonl`);
  const load = (jobId: string): Promise<JobEvent[]> => {
    const log = logs.get(jobId) ?? readLog(pathOf(jobId));
    logs.set(jobId, log);
    return log;
  };
  return {
    list: load,
    append: (jobId, fields) =>
      inTurn(async () => {
        const events = await load(jobId);
        const id = `ftevent-${jobId.replace(/^ftjob-/, '')}-${String(events.length + 1).padStart(7, '0')}`;
        const event: JobEvent = { ...fields, id, createdAt: unixSeconds() };
        await appendFile(pathOf(jobId), `${JSON.stringify(event)}\n`, { mode: 0o600 });
        events.push(event);
      }),
  };
}

/** What was written before a kill: the whole lines. A line cut in two is taken off the file. */
async function readLog(path: string): Promise<JobEvent[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) await writeAtomically(path, whole);
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => eventSchema.parse(JSON.parse(line)));
}
