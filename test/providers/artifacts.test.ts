import { mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestBytes } from '../../domain/evidence/canonical.js';
import type { Digest } from '../../domain/kernel/digest.js';
import { createFilesystemArtifacts } from '../../providers/artifacts/filesystem.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-artifacts-'));
});
afterEach(() => rm(folder, { recursive: true }));

const open = () => createFilesystemArtifacts(folder);
const pathOf = (digest: Digest) => join(folder, 'blobs', 'sha256', digest.slice(7, 9), digest.slice(7));
const filesUnder = async (name: string) =>
  (await readdir(join(folder, name), { recursive: true, withFileTypes: true }).catch(() => [])).filter((e) =>
    e.isFile(),
  );

async function* chunks(...texts: (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield Buffer.from(text);
  }
}

async function collect(content: AsyncIterable<Uint8Array>, into: Uint8Array[] = []): Promise<Buffer> {
  for await (const chunk of content) into.push(chunk);
  return Buffer.concat(into);
}

describe('the artifact store on the filesystem', () => {
  test('keeps bytes under their digest and gives them back', async () => {
    const artifacts = open();
    const kept = await artifacts.put(chunks('one ', 'two'));
    expect(kept).toEqual({ digest: digestBytes('one two'), bytes: 7 });
    expect(await readFile(pathOf(kept.digest), 'utf8')).toBe('one two');
    expect((await artifacts.read(kept.digest)).toString()).toBe('one two');
    expect((await collect(artifacts.get(kept.digest))).toString()).toBe('one two');
    expect(await artifacts.verify(kept.digest)).toBe(true);
  });

  test('keeps the same bytes once, also when two put them at the same time', async () => {
    const artifacts = open();
    await Promise.all([artifacts.put([Buffer.from('same')]), artifacts.put(chunks('sa', 'me'))]);
    await open().put(chunks('same'));
    expect(await filesUnder('blobs')).toHaveLength(1);
    expect(await filesUnder('tmp')).toHaveLength(0);
  });

  test('keeps the empty blob', async () => {
    const { digest, bytes } = await open().put([]);
    expect(bytes).toBe(0);
    expect(await open().read(digest)).toHaveLength(0);
    expect(await collect(open().get(digest))).toHaveLength(0);
  });

  test('streams a blob of many chunks', async () => {
    const large = Array.from({ length: 40 }, (_, index) => Buffer.alloc(50_000, index));
    const { digest } = await open().put(large);
    expect((await collect(open().get(digest))).equals(Buffer.concat(large))).toBe(true);
  });

  test.each([
    ['one byte is changed', (path: string, size: number) => writeFile(path, Buffer.alloc(size, 1))],
    ['the end is cut off', (path: string, size: number) => truncate(path, size - 1)],
    ['something is added', (path: string) => writeFile(path, 'x', { flag: 'a' })],
  ])('refuses a blob of which %s', async (_, alter) => {
    const { digest, bytes } = await open().put([Buffer.alloc(200_000, 0)]);
    await alter(pathOf(digest), bytes);
    const received: Uint8Array[] = [];
    await expect(collect(open().get(digest), received)).rejects.toMatchObject({ code: 'ARTIFACT' });
    expect(Buffer.concat(received).length).toBeLessThan((await stat(pathOf(digest))).size);
    await expect(open().read(digest)).rejects.toMatchObject({ code: 'ARTIFACT' });
    expect(await open().verify(digest)).toBe(false);
  });

  test('hands nothing over of an altered blob that fits one chunk', async () => {
    const { digest } = await open().put(chunks('small'));
    await writeFile(pathOf(digest), 'other');
    const received: Uint8Array[] = [];
    await expect(collect(open().get(digest), received)).rejects.toMatchObject({ code: 'ARTIFACT' });
    expect(received).toEqual([]);
  });

  test('puts an altered blob right when its bytes come again', async () => {
    const { digest } = await open().put(chunks('whole'));
    await writeFile(pathOf(digest), 'torn');
    await open().put(chunks('whole'));
    expect(await open().verify(digest)).toBe(true);
  });

  test('leaves nothing behind when the content breaks off', async () => {
    const error = new Error('the network went away');
    await expect(open().put(chunks('half', error))).rejects.toBe(error);
    expect(await filesUnder('tmp')).toEqual([]);
    expect(await filesUnder('blobs')).toEqual([]);
  });

  test('leaves nothing behind when the disk has no room', async () => {
    const full = Object.assign(new Error('write'), { code: 'ENOSPC' });
    await expect(open().put(chunks('half', full))).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(await filesUnder('tmp')).toEqual([]);
    expect(await filesUnder('blobs')).toEqual([]);
  });

  test('says what is wrong where the folder cannot be written', async () => {
    await writeFile(join(folder, 'tmp'), 'a file where a folder should be');
    await expect(open().put(chunks('x'))).rejects.toMatchObject({ code: 'INTERNAL', details: { code: 'EEXIST' } });
  });

  test('removes what a killed process left long ago, and not what another may be writing', async () => {
    await open().put(chunks('first'));
    const [old, young] = [join(folder, 'tmp', 'old'), join(folder, 'tmp', 'young')];
    await Promise.all([writeFile(old, 'x'), writeFile(young, 'x')]);
    await utimes(old, new Date(0), new Date(0));
    await open().put(chunks('second'));
    expect((await filesUnder('tmp')).map(({ name }) => name)).toEqual(['young']);
  });

  test('does not know a blob that was never put', async () => {
    const missing = digestBytes('missing');
    await expect(collect(open().get(missing))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(open().read(missing)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await open().verify(missing)).toBe(false);
  });

  test('takes no digest that is a path', () => {
    expect(() => open().read('sha256:../../../etc/passwd')).toThrow('An artifact is asked for by');
  });

  test('lets go of the file when the reader stops early', async () => {
    const { digest } = await open().put([Buffer.alloc(300_000)]);
    for await (const chunk of open().get(digest)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(await open().verify(digest)).toBe(true);
  });
});
