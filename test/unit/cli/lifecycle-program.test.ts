import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const EXAMPLE = 'examples/email-triage';
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-program-'));
  await cp(EXAMPLE, folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** In a process of its own: the hooks of the program's loader are for a whole process. */
function validate(...files: string[]): Promise<{ exitCode: number; answer: Record<string, unknown> }> {
  const argv = ['--import', 'tsx', 'cli/main.ts', 'config', 'validate', '--json', '-f', ...files];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, argv, (_error, stdout) => {
      resolve({ exitCode: child.exitCode ?? -1, answer: JSON.parse(stdout) as Record<string, unknown> });
    });
  });
}

async function program(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe('a lifecycle that is a program', { timeout: 60_000 }, () => {
  it('is the same plan as the YAML beside it', async () => {
    const [typed, yaml] = [await validate(`${EXAMPLE}/lifecycle.ts`), await validate(`${EXAMPLE}/assay.yaml`)];
    expect(typed.exitCode).toBe(0);
    expect(typed.answer['planDigest']).toBe(yaml.answer['planDigest']);
  });

  it.each(['ts', 'mts'])('runs as .%s in a folder where Assay is not installed', async (extension) => {
    const path = await program(`elsewhere.${extension}`, await readFile(`${EXAMPLE}/lifecycle.ts`, 'utf8'));
    const { exitCode, answer } = await validate(path);
    expect(answer).toMatchObject({ ok: true, name: 'email-triage' });
    expect(exitCode).toBe(0);
  });

  it('may be an overlay over YAML', async () => {
    const path = await program('hourly.mjs', 'export default { monitor: { every: `${1 + 1}h` } };');
    expect((await validate(join(folder, 'assay.yaml'), path)).answer).toMatchObject({ ok: true });
  });

  it.each([
    ['nothing.mjs', 'export const lifecycle = {};', 'has no default export'],
    ['broken.mjs', 'throw new Error("no such team");', 'cannot be run: no such team'],
    ['wrong.mjs', 'export default { apiVersion: "assay/v1", nme: "x" };', 'wrong.mjs nme Unknown key "nme"'],
  ])('is refused with its reason: %s', async (name, text, reason) => {
    const { exitCode, answer } = await validate(await program(name, text));
    expect(exitCode).toBe(2);
    expect(answer).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining(reason) });
  });

  it('says that there is no such file', async () => {
    const { answer } = await validate(join(folder, 'nowhere.ts'));
    expect(answer['message']).toMatch(/^Cannot read .*nowhere\.ts: there is no such file\.$/);
  });
});
