import { closeSync, fstatSync, openSync, readSync, constants } from 'node:fs';

const MOST_AT_ONCE = 1024 * 1024;
const LONGEST_LINE = 4_096;

type Metrics = Record<string, number>;

/**
 * The lines that were added to a command's metrics since a byte: of each the finite numbers, by camelCase names. A file
 * that became shorter is read from its beginning; what is no line of numbers is passed by and counted.
 */
export function readMetrics(path: string, from: number): { metrics: Metrics[]; read: number; strange: number } {
  let file: number;
  try {
    // Not through a link: only what the command wrote here. Not waiting: a pipe has no end.
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return { metrics: [], read: from, strange: 0 };
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return { metrics: [], read: from, strange: 0 };
    const start = stat.size < from ? 0 : from;
    const buffer = Buffer.alloc(Math.min(MOST_AT_ONCE, stat.size - start));
    const bytes = buffer.subarray(0, readSync(file, buffer, 0, buffer.length, start));
    return { ...parseMetrics(bytes), read: start + wholeLines(bytes) };
  } finally {
    closeSync(file);
  }
}

/** Up to the last line end; a line that alone fills the buffer is passed by. */
const wholeLines = (bytes: Buffer): number => {
  const end = bytes.lastIndexOf(0x0a) + 1;
  return end === 0 && bytes.length === MOST_AT_ONCE ? bytes.length : end;
};

function parseMetrics(bytes: Buffer): { metrics: Metrics[]; strange: number } {
  const lines = bytes
    .toString('utf8', 0, wholeLines(bytes))
    .split('\n')
    .filter((line) => line.trim() !== '');
  const metrics = lines.map(parseLine).filter((each) => each !== undefined);
  return { metrics, strange: lines.length - metrics.length };
}

function parseLine(line: string): Metrics | undefined {
  if (line.length > LONGEST_LINE) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const numbers = Object.entries(value)
      .filter((entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1]))
      .filter(([name]) => /^[A-Za-z][A-Za-z0-9_]{0,62}$/.test(name))
      .slice(0, 32)
      .map(([name, number]) => [RENAMED[name] ?? camelCase(name), number] as const);
    return numbers.length === 0 ? undefined : Object.fromEntries(numbers);
  } catch {
    return undefined;
  }
}

/** Names that trainers commonly use. */
const RENAMED: Record<string, string> = {
  train_loss: 'loss',
  valid_loss: 'validationLoss',
  val_loss: 'validationLoss',
  eval_loss: 'validationLoss',
};

const camelCase = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** `step 12, epoch 1, loss 0.3100`, for people. */
export const metricsLine = (metrics: Metrics): string =>
  Object.entries(metrics)
    .map(([name, value]) => `${name} ${Number.isInteger(value) ? value : Number(value.toPrecision(4))}`)
    .join(', ');
