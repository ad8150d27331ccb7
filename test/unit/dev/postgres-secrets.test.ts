import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secretsAt } from '../../../cli/dev/postgres-secrets.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'assay-secrets-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('the passwords of the embedded Postgres', () => {
  it('of an earlier version stay, and the role of the api gets one', () => {
    const path = join(folder, 'secrets.json');
    mkdirSync(join(folder, 'data'));
    writeFileSync(path, JSON.stringify({ superuser: 's', owner: 'o', app: 'a' }), { mode: 0o600 });
    const secrets = secretsAt(path);
    expect(secrets).toMatchObject({
      superuser: 's',
      owner: 'o',
      app: 'a',
      api: expect.stringMatching(/^[0-9a-f]{48}$/),
    });
    expect(secretsAt(path)).toEqual(secrets);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(secrets);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
