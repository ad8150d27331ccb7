import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWeightsFolders } from '../../providers/sources/weights-folder.js';

/** A safetensors file: the length of its header, the header, the bytes of its tensors. */
function safetensors(tensors = 'weights'): Buffer {
  const header = Buffer.from('{"t":{"dtype":"U8","shape":[7],"data_offsets":[0,7]}}');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, Buffer.from(tensors)]);
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-weights-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(path: string, content: string | Buffer = 'x'): Promise<void> {
  await mkdir(dirname(join(folder, 'worker', path)), { recursive: true });
  await writeFile(join(folder, 'worker', path), content);
}
const open = (path = 'small') => createWeightsFolders(join(folder, 'worker')).open(path);

describe('a folder of weights', () => {
  beforeEach(() => write('small/model.safetensors', safetensors()));

  it('gives its files with their sizes, in the order of their paths', async () => {
    await write('small/config.json', '{}');
    await write('small/LICENSE', 'Apache-2.0');
    await write('small/parts/one.gguf', 'GGUF and more');
    await write('small/.git/config', 'hidden');
    const files = await open();
    expect(files.map(({ path, bytes }) => [path, bytes])).toEqual([
      ['LICENSE', 10],
      ['config.json', 2],
      ['model.safetensors', safetensors().length],
      ['parts/one.gguf', 13],
    ]);
    const chunks: Uint8Array[] = [];
    for await (const chunk of files[2]!.content()) chunks.push(chunk);
    expect(Buffer.concat(chunks)).toEqual(safetensors());
  });

  it.each(['pytorch_model.bin', 'model.pt', 'model.pkl', 'model.ckpt', 'MODEL.PTH'])(
    'with %s is refused: it may run code when it is loaded',
    async (name) => {
      await write(`small/${name}`);
      await expect(open()).rejects.toMatchObject({
        code: 'NOT_ALLOWED',
        message: `${name} may run code when it is loaded (a pickle). Convert it to .safetensors or .gguf.`,
      });
    },
  );

  it('with a pickle under another name is refused', async () => {
    for (const name of ['other.safetensors', 'other.gguf']) {
      await write(`small/${name}`, Buffer.from('\x80\x04\x95 a pickle', 'latin1'));
      await expect(open()).rejects.toMatchObject({ code: 'NOT_ALLOWED', message: expect.stringContaining(name) });
      await rm(join(folder, 'worker', 'small', name));
    }
    await write('small/setup.py', 'import os');
    await expect(open()).rejects.toThrow('setup.py is of a kind that is not accepted');
  });

  it('with a symbolic link is refused, wherever it leads', async () => {
    await writeFile(join(folder, 'secret.json'), '{}');
    await symlink(join(folder, 'secret.json'), join(folder, 'worker', 'small', 'config.json'));
    await expect(open()).rejects.toThrow('config.json is a symbolic link. Put the file itself there.');
    await rm(join(folder, 'worker', 'small', 'config.json'));
    await symlink(folder, join(folder, 'worker', 'small', 'parts'));
    await expect(open()).rejects.toThrow('parts is a symbolic link');
  });

  it('outside of the folder of the worker is refused, by whatever way', async () => {
    await mkdir(join(folder, 'outside'));
    await writeFile(join(folder, 'outside', 'model.gguf'), 'GGUF');
    await symlink(join(folder, 'outside'), join(folder, 'worker', 'in'));
    for (const path of ['../outside', '/etc', 'small/../../outside', join(folder, 'outside'), 'in'])
      await expect(open(path)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await write('.keys/model.gguf', 'GGUF');
    await expect(open('.keys')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it('without weights, or that is not there, is not found', async () => {
    await write('empty/config.json', '{}');
    await expect(open('empty')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(open('none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(open('empty/config.json')).rejects.toThrow('is not a folder');
  });
});
