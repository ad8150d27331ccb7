import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveLocalProvider } from '../../providers/local/serve.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let database: TestDatabase;
let folder: string;
let busy: Server;
let port: number;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'assay-ports-'));
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  await writeFile(join(folder, 'decision.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
  await writeFile(join(folder, 'decision.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  busy = createServer();
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
  ({ port } = busy.address() as AddressInfo);
});
afterAll(async () => {
  busy.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** What an entry that cannot start says last, and its exit code. */
async function startInVain(entry: string, env: Record<string, string>): Promise<{ code: unknown; said: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, entry)], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ASSAY_DATABASE_URL: database.appUrl, ...env },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => void (said += String(chunk)));
  const [code] = await once(child, 'close');
  return { code: code as unknown, said: said.trimEnd().split('\n').at(-1) ?? '' };
}

describe('a port that is in use', () => {
  it.each(['api', 'gateway'])(
    'ends the %s with one sentence that says what to do, and exit code 4',
    async (part) => {
      const ended = await startInVain(`server/${part}/main.ts`, {
        [`ASSAY_${part.toUpperCase()}_PORT`]: String(port),
        ASSAY_DECISION_KEY_FILE: join(folder, 'decision.key'),
        ASSAY_DECISION_PUBLIC_KEY_FILE: join(folder, 'decision.pub'),
      });
      expect(ended.said).toMatch(
        new RegExp(
          `^${part}: .*Port ${port} of 127\\.0\\.0\\.1 is in use\\. Stop what listens there, or choose another`,
        ),
      );
      expect(ended.code).toBe(4);
    },
    90_000,
  );

  it('is a conflict for the local provider too', async () => {
    await expect(serveLocalProvider({ port, stateFolder: folder, apiKey: 'key' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });
});
