import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secretKey } from '../../domain/ports/secrets.js';
import { createCommandSecrets } from '../../providers/secrets/command.js';
import { configuredSecrets } from '../../providers/secrets/configured.js';
import { createEnvironmentSecrets } from '../../providers/secrets/environment.js';
import { createFolderSecrets } from '../../providers/secrets/folder.js';
import { createSecrets } from '../../providers/secrets/secrets.js';
import { createOpenAiModel } from '../../providers/openai/model.js';
import { json, refusal, hostileServer, type HostileServer } from '../support/hostile-server.js';

let folder: string;
let server: HostileServer;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'assay-secrets-'))));
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const put = async (name: string, value: string): Promise<void> => {
  await writeFile(join(folder, name), value, { mode: 0o600 });
};

describe('a folder of secrets', () => {
  it('gives one file a secret, without the newline at its end', async () => {
    await put('openai-key', 'value one\n');
    await put('windows', 'value two\r\n');
    await put('two-newlines', 'value three\n\n');
    const secrets = createFolderSecrets(folder);
    expect(await secrets.read('openai-key')).toBe('value one');
    expect(await secrets.read('windows')).toBe('value two');
    expect(await secrets.read('two-newlines')).toBe('value three\n');
  });

  it('has none where the file or the folder is missing, or the file is empty', async () => {
    await put('empty', '\n');
    expect(await createFolderSecrets(folder).read('missing')).toBeUndefined();
    expect(await createFolderSecrets(folder).read('empty')).toBeUndefined();
    expect(await createFolderSecrets(join(folder, 'nowhere')).read('key')).toBeUndefined();
  });

  it('follows the links by which Kubernetes exchanges all files at once', async () => {
    await mkdir(join(folder, '..2026_01'));
    await put('..2026_01/key', 'linked value');
    await symlink('..2026_01', join(folder, '..data'));
    await symlink('..data/key', join(folder, 'key'));
    expect(await createFolderSecrets(folder).read('key')).toBe('linked value');
  });

  it('refuses what others may write, a folder and a flood, by path and without a word of the content', async () => {
    await put('open', 'hunter22hunter22');
    await chmod(join(folder, 'open'), 0o620);
    await mkdir(join(folder, 'folder'));
    await put('flood', 'x'.repeat(70_000));
    const secrets = createFolderSecrets(folder);
    await expect(secrets.read('open')).rejects.toThrow(
      `The secret's file ${join(folder, 'open')} may be written by others: chmod go-w.`,
    );
    await expect(secrets.read('folder')).rejects.toThrow('is no plain file');
    await expect(secrets.read('flood')).rejects.toThrow('is larger than 65536 bytes');
  });
});

describe('a program that prints secrets', () => {
  const node = (script: string) => createCommandSecrets([process.execPath, '-e', script, '{name}']);

  it('is given the name as an argument, by no shell', async () => {
    expect(await node('console.log("value of " + process.argv[1] + " $(id)")').read('db-key')).toBe(
      'value of db-key $(id)',
    );
  });

  it('has none where it prints nothing or fails, and says what is wrong where it cannot be asked', async () => {
    expect(await node('').read('k')).toBeUndefined();
    expect(await node('process.exit(2)').read('k')).toBeUndefined();
    await expect(createCommandSecrets(['/nowhere/vault']).read('k')).rejects.toThrow(
      "The secrets' program /nowhere/vault cannot be started (ENOENT).",
    );
    await expect(node('process.stdout.write("x".repeat(1e6))').read('k')).rejects.toThrow(
      'printed more than 65536 bytes',
    );
  });
});

describe('references', () => {
  it('are looked for in variables, then files, then the program', async () => {
    await put('both', 'from a file');
    await put('file-only', 'from a file');
    const secrets = configuredSecrets(
      { secretsFolder: folder, secretsCommand: [process.execPath, '-p', '"from the program"'] },
      { ASSAY_SECRET_BOTH: 'from a variable', ASSAY_SECRET_EMPTY: '', OTHER: 'x' },
    );
    expect(await secrets.resolve('a ${secret:both}, ${secret:file-only}, ${secret:empty}')).toBe(
      'a from a variable, from a file, from the program',
    );
    expect(await secrets.resolve('no reference')).toBe('no reference');
  });

  it('to nothing are an error that names the secret and every place', async () => {
    const secrets = configuredSecrets({ secretsFolder: '/run/secrets', secretsCommand: ['vault'] }, {});
    const { resolve } = createSecrets({
      sources: { environment: createEnvironmentSecrets({}), folder: createFolderSecrets(folder) },
    });
    await expect(resolve('${secret:openai-key}')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: `There is no secret 'openai-key'. Looked for it in the variable ASSAY_SECRET_OPENAI_KEY, the file ${folder}/openai-key. Put it there, or name another place by ASSAY_SECRETS_FOLDER or ASSAY_SECRETS_COMMAND.`,
    });
    await expect(secrets.resolve('${secret:x}')).rejects.toMatchObject({ code: 'PROVIDER' });
  });

  it('are read again after half a minute, and at once after a refusal', async () => {
    let now = 0;
    await put('key', 'the first value');
    const secrets = createSecrets({ sources: { folder: createFolderSecrets(folder) }, clock: () => now });
    expect(await secrets.resolve('${secret:key}')).toBe('the first value');
    await put('key', 'the second value');
    expect(await secrets.resolve('${secret:key}')).toBe('the first value');
    now = 30_000;
    expect(await secrets.resolve('${secret:key}')).toBe('the second value');
    await put('key', 'the third value');
    expect(await secrets.renew('${secret:key}')).toBe('the third value');
  });

  it('keep their value while their place has none for a moment', async () => {
    let now = 0;
    await put('key', 'the first value');
    const secrets = createSecrets({ sources: { folder: createFolderSecrets(folder) }, clock: () => now });
    await secrets.resolve('${secret:key}');
    await rm(join(folder, 'key'));
    now = 60_000;
    expect(await secrets.resolve('${secret:key}')).toBe('the first value');
  });

  it('are masked wherever their values turn up, the exchanged ones too', async () => {
    await put('key', 'the first value');
    await put('pin', '1234');
    const secrets = createSecrets({ sources: { folder: createFolderSecrets(folder) } });
    await secrets.resolve('${secret:key} ${secret:pin}');
    await put('key', 'the second value');
    await secrets.renew('${secret:key}');
    expect(secrets.mask('the first value, the second value, 1234')).toBe('[secret key], [secret key], 1234');
  });
});

describe("a provider's key", () => {
  const chat = { model: 'm', messages: [{ role: 'user' as const, content: 'q' }] };
  const answer = json(200, { choices: [{ message: { content: 'ok' } }] });

  async function modelWith(accepted: string) {
    server = await hostileServer((request, response) => {
      const key = request.headers.authorization?.replace('Bearer ', '') ?? '';
      const react = key === accepted ? answer : refusal(401, `Incorrect key: ${key} ${'x'.repeat(200)}`);
      react(request, response);
    });
    const secrets = createSecrets({ sources: { folder: createFolderSecrets(folder) } });
    return createOpenAiModel({ baseUrl: server.baseUrl, apiKey: secretKey(secrets, '${secret:provider}') });
  }

  it('that was exchanged is read again when it is refused, and the call repeated once', async () => {
    await put('provider', 'canary-old-value');
    const model = await modelWith('canary-old-value');
    expect((await model.chat(chat)).content).toBe('ok');
    await server.close();
    const rotated = await modelWith('canary-new-value');
    await expect(rotated.chat(chat)).rejects.toMatchObject({ details: { status: 401, retryable: false } });
    expect(server.seen).toHaveLength(1);
    await put('provider', 'canary-new-value');
    expect((await rotated.chat(chat)).content).toBe('ok');
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer canary-old-value',
      'Bearer canary-old-value',
      'Bearer canary-new-value',
    ]);
  });

  it('stands in no error, even where the provider repeats it', async () => {
    await put('provider', 'canary-old-value');
    const model = await modelWith('something else');
    const message = await model.chat(chat).catch((error: unknown) => String(error));
    expect(message).toContain('Incorrect key: [key]');
    expect(message).not.toContain('canary');
  });

  it('stands in no answer, even across two chunks', async () => {
    await put('provider', 'canary-old-value');
    server = await hostileServer((_, response) => {
      const body = JSON.stringify({ choices: [{ message: { content: 'key canary-old-value!' } }] });
      const at = body.indexOf('old');
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(body.slice(0, at), () => setTimeout(() => response.end(body.slice(at)), 20));
    });
    const secrets = createSecrets({ sources: { folder: createFolderSecrets(folder) } });
    const model = createOpenAiModel({ baseUrl: server.baseUrl, apiKey: secretKey(secrets, '${secret:provider}') });
    expect((await model.chat(chat)).content).toBe('key [key]!');
  });

  it('that is missing is told as what it is, not as a broken connection', async () => {
    const model = await modelWith('x');
    await expect(model.chat(chat)).rejects.toMatchObject({ code: 'NOT_FOUND', details: { secret: 'provider' } });
    expect(server.seen).toEqual([]);
  });
});
