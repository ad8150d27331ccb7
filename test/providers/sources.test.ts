import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OpenedSource } from '../../domain/ports/source.js';
import { createSources } from '../../providers/sources/sources.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-sources-'));
});
afterEach(() => rm(folder, { recursive: true }));

const project = (...parts: string[]) => join(folder, 'project', ...parts);
const sources = () => createSources({ packagesFolder: project(), filesFolder: project() });

async function write(path: string, content: string | object): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
}

async function recordsOf({ records }: OpenedSource): Promise<[path: string, text: string][]> {
  const read: [string, string][] = [];
  for await (const { path, bytes } of records) read.push([path, Buffer.from(bytes).toString()]);
  return read;
}

const installed = (...parts: string[]) => project('node_modules', '@example', 'mails', ...parts);

async function installPackage(): Promise<void> {
  await write(installed('package.json'), {
    name: '@example/mails',
    version: '1.2.3',
    license: 'Apache-2.0',
    description: 'Invented mails.',
    main: './index.js',
  });
  await write(installed('index.js'), 'throw new Error("code of a source must never run");');
  await write(installed('datapackage.json'), { license: 'CC0-1.0', licenses: [{ name: 'ODC-PDDL-1.0' }] });
  await write(installed('data', 'spam', '2.txt'), 'mail two');
  await write(installed('data', 'ham', '1.txt'), 'mail one');
  await write(installed('data', 'ham', '1.json'), '{}');
  await write(installed('data', 'ham-2', '3.eml'), 'mail three');
  await write(project('package-lock.json'), {
    packages: { 'node_modules/@example/mails': { version: '1.2.3', integrity: 'sha512-abc' } },
  });
}

describe('a source in an npm package', () => {
  beforeEach(installPackage);

  test('gives the data files of the format in the order of their paths', async () => {
    expect(await recordsOf(await sources().open('npm:@example/mails'))).toEqual([
      ['ham-2/3.eml', 'mail three'],
      ['ham/1.txt', 'mail one'],
      ['spam/2.txt', 'mail two'],
    ]);
  });

  test('says what the package states of itself', async () => {
    expect((await sources().open('npm:@example/mails')).claims).toEqual({
      uri: 'npm:@example/mails',
      origin: { package: '@example/mails', version: '1.2.3', integrity: 'sha512-abc' },
      licences: ['Apache-2.0', 'CC0-1.0', 'ODC-PDDL-1.0'],
      description: 'Invented mails.',
    });
  });

  test('claims no integrity where the lock file speaks of another version', async () => {
    await write(project('package-lock.json'), {
      packages: { 'node_modules/@example/mails': { version: '1.2.2', integrity: 'sha512-abc' } },
    });
    const { claims } = await sources().open('npm:@example/mails');
    expect(claims.origin).toEqual({ package: '@example/mails', version: '1.2.3' });
  });

  test('is not found where it is not installed, or has no file of the format', async () => {
    await expect(sources().open('npm:missing')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(sources().open('npm:@example/mails', 'jsonl')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test.each([
    'npm:../../etc',
    'npm:@example/../mails',
    'npm:/etc',
    'npm:@example/mails/data',
    'npm:',
    'npm:.bin',
    'npm:UPPER',
  ])('refuses %s as a name', async (uri) => {
    await expect(sources().open(uri)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('refuses a package that is a link out of node_modules', async () => {
    await write(join(folder, 'elsewhere', 'package.json'), { version: '1.0.0' });
    await symlink(join(folder, 'elsewhere'), project('node_modules', 'linked'));
    await expect(sources().open('npm:linked')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });

  test('refuses a data file that is a link, also one exchanged after it was listed', async () => {
    await write(join(folder, 'secret.txt'), 'secret');
    const opened = await sources().open('npm:@example/mails');
    await rm(installed('data', 'ham', '1.txt'));
    await symlink(join(folder, 'secret.txt'), installed('data', 'ham', '1.txt'));
    await expect(recordsOf(opened)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await expect(sources().open('npm:@example/mails')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });

  test('refuses a data folder that is a link', async () => {
    await write(join(folder, 'elsewhere', 'secret.txt'), 'secret');
    await rm(installed('data'), { recursive: true });
    await symlink(join(folder, 'elsewhere'), installed('data'));
    await expect(sources().open('npm:@example/mails')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });
});

describe('a source in files', () => {
  test('gives the mails of a folder', async () => {
    await write(project('mails', 'b.eml'), 'two');
    await write(project('mails', 'a', 'a.txt'), 'one');
    const opened = await sources().open('file:./mails', 'eml');
    expect(opened.claims).toEqual({
      uri: 'file:./mails',
      origin: { path: './mails' },
      licences: [],
      description: null,
    });
    expect(await recordsOf(opened)).toEqual([
      ['a/a.txt', 'one'],
      ['b.eml', 'two'],
    ]);
  });

  test('gives the lines of a jsonl file, split at line feeds only', async () => {
    const long = `{"input":"${'x'.repeat(200_000)}"}`;
    await write(project('items.jsonl'), `{"input":"a\u2028b"}\n\n${long}\r\n{"input":"last"}`);
    expect(await recordsOf(await sources().open('file:items.jsonl', 'jsonl'))).toEqual([
      ['items.jsonl/0000001', '{"input":"a\u2028b"}'],
      ['items.jsonl/0000003', `${long}\r`],
      ['items.jsonl/0000004', '{"input":"last"}'],
    ]);
  });

  test.each(['file:../outside', 'file:/etc/passwd', 'file:a/../../outside', 'file:link'])(
    'refuses %s, which leads out of the project',
    async (uri) => {
      await write(join(folder, 'outside', 'a.txt'), 'secret');
      await mkdir(project(), { recursive: true });
      await symlink(join(folder, 'outside'), project('link'));
      await expect(sources().open(uri)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    },
  );

  test.each(['file:.state', 'file:.state/key.txt', 'file:data/.hidden/a.txt'])(
    'refuses %s, which is hidden',
    async (uri) => {
      await write(project('.state', 'key.txt'), 'secret');
      await write(project('data', '.hidden', 'a.txt'), 'secret');
      await expect(sources().open(uri)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    },
  );

  test('gives nothing hidden of a folder', async () => {
    await write(project('.state', 'key.txt'), 'secret');
    await write(project('mails', 'a.txt'), 'one');
    expect(await recordsOf(await sources().open('file:.'))).toEqual([['mails/a.txt', 'one']]);
  });

  test('refuses what is neither a file nor a folder', async () => {
    await mkdir(project(), { recursive: true });
    const socket = createServer().listen(project('socket'));
    await once(socket, 'listening');
    await expect(sources().open('file:socket', 'jsonl')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    socket.close();
  });

  test('is not found where nothing lies there', async () => {
    await mkdir(project(), { recursive: true });
    await expect(sources().open('file:missing')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

test.each(['s3://bucket/key', 'constructor:x', 'mails', ''])('does not know the address "%s"', async (uri) => {
  await expect(sources().open(uri)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: `No source is known for "${uri}". Known: npm:, file:.`,
  });
});
