import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { RawRecord } from '../../domain/ports/source.js';
import type { SourceFile, SourceFormat } from './list-files.js';

const MEBIBYTE = 1024 * 1024;
/** No mail is larger: one that were could fill a worker's memory. */
const MAIL_LIMIT = 64 * MEBIBYTE;
/** Nor is a line, which is held several times while it is parsed. Reading stops here, however long the line is. */
const LINE_LIMIT = 16 * MEBIBYTE;

/** The records of the files, in their order: a file is one mail, or has one record per line. */
export async function* readRecords(files: readonly SourceFile[], format: SourceFormat): AsyncGenerator<RawRecord> {
  for (const file of files) {
    const handle = await openPlainFile(file);
    try {
      if (format === 'jsonl') yield* readLines(handle, file.path);
      else yield { path: file.path, bytes: await readWhole(handle, file.path) };
    } finally {
      await handle.close();
    }
  }
}

/** Follows no link, so that a file exchanged for one since it was listed is refused as well. */
async function openPlainFile({ absolute, path }: SourceFile): Promise<FileHandle> {
  return open(absolute, constants.O_RDONLY | constants.O_NOFOLLOW).catch((cause: NodeJS.ErrnoException) => {
    const code = cause.code === 'ELOOP' ? 'NOT_ALLOWED' : 'NOT_FOUND';
    throw new LifecycleError(
      code,
      `The data file ${path} cannot be opened (${cause.code ?? 'unknown'}).`,
      { path },
      cause,
    );
  });
}

async function readWhole(handle: FileHandle, path: string): Promise<Uint8Array> {
  if ((await handle.stat()).size > MAIL_LIMIT) throw tooLarge(path, MAIL_LIMIT);
  return handle.readFile();
}

/** Lines that are not blank, `<file>/<seven-digit line number>`. Splits at line feeds only, as JSON Lines does. */
async function* readLines(handle: FileHandle, path: string): AsyncGenerator<RawRecord> {
  let rest: Buffer[] = [];
  let [restBytes, number] = [0, 0];
  for await (const chunk of handle.createReadStream({ autoClose: false })) {
    let bytes = chunk as Buffer;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED)) {
      number++;
      const line = Buffer.concat([...rest, bytes.subarray(0, end)]);
      if (!isBlank(line)) yield { path: linePath(path, number), bytes: line };
      [rest, restBytes, bytes] = [[], 0, bytes.subarray(end + 1)];
    }
    rest.push(bytes);
    restBytes += bytes.length;
    if (restBytes > LINE_LIMIT) throw tooLarge(`Line ${number + 1} of ${path}`, LINE_LIMIT);
  }
  const last = Buffer.concat(rest);
  if (!isBlank(last)) yield { path: linePath(path, number + 1), bytes: last };
}

const LINE_FEED = 0x0a;
const isBlank = (line: Buffer): boolean => line.toString('latin1').trim() === '';
const linePath = (path: string, number: number): string => `${path}/${String(number).padStart(7, '0')}`;

const tooLarge = (what: string, limit: number): LifecycleError =>
  new LifecycleError(
    'INVALID_INPUT',
    `${what} has more than ${limit / MEBIBYTE} MiB, and a record may not. Split it, or leave it out.`,
  );
