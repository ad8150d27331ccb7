import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findConnection } from '../../../cli/connection.js';
import { writeCredentials } from '../../../cli/credentials.js';
import { writeDevFile } from '../../../cli/dev-file.js';

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'assay-cli-'))));
afterEach(() => rmSync(home, { recursive: true }));

const NOTHING = { apiUrl: undefined, token: undefined };
const DEV = {
  apiUrl: 'http://127.0.0.1:7460',
  gatewayUrl: 'http://127.0.0.1:7461',
  providerUrl: 'http://127.0.0.1:7462',
  temporalAddress: '127.0.0.1:7233',
  artifactsFolder: '/tmp/artifacts',
  tokens: { 'demo-ada': 'assay_ada', 'demo-ruth': 'assay_ruth' },
  gatewayToken: 'assay_inbox',
};

describe('finding the api', () => {
  it('takes what `assay dev` left, which only its user may read', () => {
    writeDevFile(home, DEV);
    expect(findConnection({ home }, NOTHING)).toEqual({ apiUrl: DEV.apiUrl, token: 'assay_ada' });
    expect(statSync(join(home, 'dev.json')).mode & 0o777).toBe(0o600);
  });

  it('takes flags before the environment, and the environment before `assay dev`', () => {
    writeDevFile(home, DEV);
    const environment = { apiUrl: 'http://env:1', token: 'of-env' };
    expect(findConnection({ home }, environment)).toEqual({ apiUrl: 'http://env:1', token: 'of-env' });
    const flags = { home, apiUrl: 'http://flag:1', token: 'of-flag' };
    expect(findConnection(flags, environment)).toEqual({ apiUrl: 'http://flag:1', token: 'of-flag' });
  });

  it('takes what `assay login` left, which only its user may read, and sends it to that api alone', () => {
    const login = { apiUrl: 'https://assay.test', principal: 'ruth', token: 'assay_login', expiresAt: '2026-12-01' };
    writeCredentials(home, login);
    expect(statSync(join(home, 'credentials.json')).mode & 0o777).toBe(0o600);
    expect(findConnection({ home }, NOTHING)).toEqual({ apiUrl: 'https://assay.test', token: 'assay_login' });
    expect(findConnection({ home, apiUrl: 'http://elsewhere:1' }, NOTHING).token).toBeUndefined();
    expect(findConnection({ home, token: 'of-flag' }, NOTHING).token).toBe('of-flag');
    writeDevFile(home, DEV);
    expect(findConnection({ home }, NOTHING)).toEqual({ apiUrl: DEV.apiUrl, token: 'assay_ada' });
    writeCredentials(home, { ...login, apiUrl: DEV.apiUrl });
    expect(findConnection({ home }, NOTHING).token).toBe('assay_login');
    expect(findConnection({ home, as: 'demo-ruth' }, NOTHING).token).toBe('assay_ruth');
  });

  it('never sends the token of a demo identity to another api', () => {
    writeDevFile(home, DEV);
    expect(findConnection({ home, apiUrl: 'http://elsewhere:1' }, NOTHING).token).toBeUndefined();
    expect(() => findConnection({ home, apiUrl: 'http://elsewhere:1', as: 'demo-ruth' }, NOTHING)).toThrow(/demo-ruth/);
  });

  it('speaks as the demo identity that was named, and lists them for one that is not there', () => {
    writeDevFile(home, DEV);
    expect(findConnection({ home, as: 'demo-ruth' }, NOTHING).token).toBe('assay_ruth');
    expect(() => findConnection({ home, as: 'ruth' }, NOTHING)).toThrow('It has demo-ada, demo-ruth.');
  });
});
