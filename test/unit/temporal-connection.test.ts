import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporalConnection } from '../../providers/temporal/connection.js';

const nothing = { address: undefined, namespace: undefined };
/** So that a profile of whoever runs the tests is not read. */
const noFile = { TEMPORAL_CONFIG_FILE: join(tmpdir(), 'no-such-file.toml') };

describe('the connection to Temporal', () => {
  it('is the address given, whatever the environment says', () => {
    const given = { address: 'ours:7233', namespace: undefined };
    const connection = temporalConnection(given, { ...noFile, TEMPORAL_ADDRESS: 'theirs:7233' });
    expect(connection).toMatchObject({ options: { address: 'ours:7233' }, namespace: 'default' });
  });

  it('is else what the plain variables say', () => {
    const environment = {
      ...noFile,
      TEMPORAL_ADDRESS: 'cloud:7233',
      TEMPORAL_NAMESPACE: 'team',
      TEMPORAL_API_KEY: 'k',
    };
    const connection = temporalConnection(nothing, environment);
    expect(connection).toMatchObject({ options: { address: 'cloud:7233', apiKey: 'k' }, namespace: 'team' });
  });

  it('is else a profile of the configuration file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'assay-profile-')), 'temporal.toml');
    writeFileSync(file, '[profile.prod]\naddress = "prod:7233"\nnamespace = "prod"\n');
    const connection = temporalConnection(nothing, { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'prod' });
    expect(connection).toMatchObject({ options: { address: 'prod:7233' }, namespace: 'prod' });
  });

  it('is never guessed', () => {
    expect(() => temporalConnection(nothing, noFile)).toThrow('No Temporal server is named');
  });
});
