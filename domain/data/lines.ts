import { LifecycleError } from '../kernel/errors.js';

export interface Line {
  /** From 1. */
  number: number;
  text: string;
}

const MAXIMUM_LINE_BYTES = 16 * 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * Lines of a UTF-8 stream, one in memory at a time.
 * @throws LifecycleError INVALID_INPUT, naming the line, for a line above 16 MB or one that is not UTF-8.
 */
export async function* readLines(content: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let number = 1;
  let parts: Uint8Array[] = [];
  let size = 0;
  const take = (part: Uint8Array): void => {
    parts.push(part);
    size += part.length;
    if (size > MAXIMUM_LINE_BYTES) throw badLine(number, 'is longer than 16 MB');
  };
  for await (const chunk of content) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      take(chunk.subarray(from, end));
      yield { number, text: decode(parts, number) };
      number++;
      parts = [];
      size = 0;
      from = end + 1;
    }
    take(chunk.subarray(from));
  }
  if (size > 0) yield { number, text: decode(parts, number) };
}

function decode(parts: Uint8Array[], number: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw badLine(number, 'is not UTF-8');
  }
}

/** The error for one line of a training file. `why` continues "line 7 …" and quotes nothing of the line. */
export function badLine(number: number, why: string): LifecycleError {
  return new LifecycleError('INVALID_INPUT', `Line ${number} ${why}. Correct the file and upload it again.`, {
    line: number,
    param: 'file',
    reason: 'invalid_file_format',
  });
}
