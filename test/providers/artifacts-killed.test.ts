import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ENDLESS = `
import { createFilesystemArtifacts } from './providers/artifacts/filesystem.ts';
async function* endless() {
  yield Buffer.alloc(100_000);
  process.stdout.write('writing');
  await new Promise(() => setInterval(() => {}, 1000));
}
await createFilesystemArtifacts(process.argv[1]).put(endless());
`;

test('a process that is killed while it writes leaves no blob under a final name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'assay-artifacts-'));
  const writer = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', ENDLESS, folder]);
  try {
    await once(writer.stdout, 'data');
  } finally {
    writer.kill('SIGKILL');
  }
  await once(writer, 'exit');
  expect(await readdir(join(folder, 'tmp'))).toHaveLength(1);
  expect(await readdir(folder)).not.toContain('blobs');
  await rm(folder, { recursive: true });
});
