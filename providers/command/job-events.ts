import { closeSync, ftruncateSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { inertLine } from '../../domain/inert-line.js';
import type { TrainingEvent } from '../../domain/ports/trainer.js';

const MOST_BYTES = 16 * 1024 * 1024;
const FREE_LINES = 500;
const LINES_A_SECOND = 5;

interface StoredEvent {
  at: string;
  message: string;
  data: Record<string, number>;
}

/**
 * What a job has to tell, a line of JSON each; an event's id is the byte at which its line ends, so whoever has seen one
 * reads on from there. What the command prints is thinned, and the file has an end: neither a flood of lines nor a job
 * of a year fills a disk or a database.
 */
export class JobEvents {
  private readonly file: number;
  private readonly mask: (text: string) => string;
  private bytes: number;
  private lines = 0;
  private leftOut = 0;
  private second = 0;
  private inSecond = 0;

  /** `secrets`: values that are never repeated. */
  constructor(path: string, secrets: readonly string[]) {
    this.file = openSync(path, 'a', 0o644);
    this.bytes = statSync(path).size;
    // What a killed keeper left half-written is no event.
    const whole = this.bytes === 0 ? 0 : readFileSync(path).lastIndexOf(0x0a) + 1;
    if (whole !== this.bytes) ftruncateSync(this.file, whole);
    this.bytes = whole;
    this.mask = (text) => secrets.reduce((masked, secret) => masked.replaceAll(secret, '[masked]'), text);
  }

  say(message: string, data: Record<string, number> = {}): void {
    if (this.bytes > MOST_BYTES) return;
    this.append(message, data);
    if (this.bytes > MOST_BYTES) this.append('No more events are kept of this job: look at its own files.', {});
  }

  /** A line that the command printed. */
  printed(line: string): void {
    const second = Math.floor(Date.now() / 1_000);
    if (second !== this.second) Object.assign(this, { second, inSecond: 0 });
    this.lines += 1;
    this.inSecond += 1;
    if (this.lines > FREE_LINES && this.inSecond > LINES_A_SECOND) {
      this.leftOut += 1;
      return;
    }
    this.sayLeftOut();
    this.say(line);
  }

  private sayLeftOut(): void {
    if (this.leftOut > 0) this.say(`… ${this.leftOut} lines are left out here: they are in the log of the job …`);
    this.leftOut = 0;
  }

  private append(message: string, data: Record<string, number>): void {
    const event: StoredEvent = { at: new Date().toISOString(), message: inertLine(this.mask(message)), data };
    this.bytes += writeSync(this.file, `${JSON.stringify(event)}\n`);
  }

  close(): void {
    this.sayLeftOut();
    closeSync(this.file);
  }
}

/** The events after one of them, oldest first; a line that is not whole yet is left for the next time. */
export async function readEvents(path: string, afterEventId: string | undefined): Promise<TrainingEvent[]> {
  const from = Number(afterEventId ?? 0);
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return [];
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(Math.max(0, size - from));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
    return parseLines(buffer.subarray(0, bytesRead), from);
  } finally {
    await file.close();
  }
}

function parseLines(buffer: Buffer, from: number): TrainingEvent[] {
  const events: TrainingEvent[] = [];
  let start = 0;
  for (let end = buffer.indexOf(0x0a); end >= 0; end = buffer.indexOf(0x0a, start)) {
    const { at, message, data } = JSON.parse(buffer.toString('utf8', start, end)) as StoredEvent;
    start = end + 1;
    events.push({ id: String(from + start), at, message, data });
  }
  return events;
}
