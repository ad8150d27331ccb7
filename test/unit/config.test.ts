import { describe, expect, it } from 'vitest';
import { parseApiConfig } from '../../domain/config/api-config.js';
import { parseCliConfig } from '../../domain/config/cli-config.js';
import { configVariables } from '../../domain/config/config-variables.js';
import { parseGatewayConfig } from '../../domain/config/gateway-config.js';
import { parseMigrateConfig } from '../../domain/config/migrate-config.js';
import { parseWorkerConfig } from '../../domain/config/worker-config.js';
import { LifecycleError } from '../../domain/kernel/errors.js';

const WORKER = {
  ASSAY_DATABASE_URL: 'postgres://assay_app:hunter2@db:5432/assay',
  ASSAY_TEMPORAL_ADDRESS: 'temporal:7233',
  ASSAY_ARTIFACTS_FOLDER: '/var/lib/assay',
  ASSAY_DECISION_PUBLIC_KEY_FILE: '/run/decision.pub',
  ASSAY_LOG_KEY_FILE: '/run/log.key',
};

function problemsOf(parse: () => unknown): string[] {
  try {
    parse();
  } catch (error) {
    if (error instanceof LifecycleError) return error.details['problems'] as string[];
    throw error;
  }
  return [];
}

describe('the environment of a process', () => {
  it('is read with defaults, and says which variable each setting came from', () => {
    expect(parseWorkerConfig(WORKER)).toEqual({
      databaseUrl: WORKER.ASSAY_DATABASE_URL,
      temporalAddress: 'temporal:7233',
      temporalNamespace: undefined,
      artifactsFolder: '/var/lib/assay',
      decisionPublicKeyFile: '/run/decision.pub',
      logKeyFile: '/run/log.key',
      checkpointCopies: [],
      providers: {},
      secretsFolder: undefined,
      secretsCommand: undefined,
      payloadKeys: [],
      webhookAllowLocal: false,
      commands: undefined,
      jobsFolder: undefined,
      packagesFolder: '.',
      home: '.assay',
      logLevel: 'info',
      took: {
        databaseUrl: 'ASSAY_DATABASE_URL',
        temporalAddress: 'ASSAY_TEMPORAL_ADDRESS',
        artifactsFolder: 'ASSAY_ARTIFACTS_FOLDER',
        decisionPublicKeyFile: 'ASSAY_DECISION_PUBLIC_KEY_FILE',
        logKeyFile: 'ASSAY_LOG_KEY_FILE',
      },
    });
  });

  it('takes the plain names where its own are absent or empty', () => {
    const plain = { DATABASE_URL: 'postgresql://db/plain' };
    expect(parseWorkerConfig({ ...WORKER, ...plain }).databaseUrl).toBe(WORKER.ASSAY_DATABASE_URL);
    expect(parseWorkerConfig({ ...WORKER, ASSAY_DATABASE_URL: '', ...plain }).took['databaseUrl']).toBe('DATABASE_URL');
    expect(parseMigrateConfig(plain)).toEqual({
      ownerDatabaseUrl: 'postgresql://db/plain',
      took: { ownerDatabaseUrl: 'DATABASE_URL' },
    });
  });

  it('never lets the command line take a database or a Temporal by the plain names', () => {
    const config = parseCliConfig({ DATABASE_URL: 'postgres://db/theirs', TEMPORAL_ADDRESS: 'theirs:7233' });
    expect(config.databaseUrl).toBeUndefined();
    expect(config.temporalAddress).toBeUndefined();
    expect(config).toMatchObject({ home: '.assay', noDownload: false, took: {} });
  });

  it('is judged as a whole: every problem at once, no value repeated', () => {
    const problems = problemsOf(() =>
      parseApiConfig({
        ASSAY_DATABASE_URL: 'mysql://user:hunter2@db/x',
        ASSAY_API_PORT: '70000',
        ASSAY_LOG_LEVEL: 'loud',
      }),
    );
    expect(problems).toEqual([
      'ASSAY_DATABASE_URL is not right: a Postgres URL, e.g. postgres://assay_app@db:5432/assay.',
      'ASSAY_API_PORT is not right: a port, 0 to 65535.',
      'ASSAY_DECISION_KEY_FILE is missing: a file with an Ed25519 private key, PEM: signs decisions.',
      'ASSAY_LOG_LEVEL is not right: one of fatal, error, warn, info, debug, trace, silent.',
    ]);
  });

  it('takes an OpenID provider over https, or on this machine, with all that it needs', () => {
    const api = {
      ASSAY_DATABASE_URL: 'postgres://db/assay',
      ASSAY_DECISION_KEY_FILE: '/run/key',
      ASSAY_OIDC_ISSUER: 'https://login.example.com/',
    };
    expect(problemsOf(() => parseApiConfig(api))).toEqual([
      'ASSAY_OIDC_CLIENT_ID is missing: ASSAY_OIDC_ISSUER needs it.',
      'ASSAY_PUBLIC_URL is missing: the OpenID provider sends people back to it.',
    ]);
    const whole = { ...api, ASSAY_OIDC_CLIENT_ID: 'assay', ASSAY_PUBLIC_URL: 'https://assay.example.com/' };
    expect(parseApiConfig(whole)).toMatchObject({
      publicUrl: 'https://assay.example.com',
      oidcLabel: 'Single sign-on',
    });
    expect(parseApiConfig({ ...whole, ASSAY_OIDC_ISSUER: 'http://127.0.0.1:9000' }).oidcIssuer).toBeDefined();
    for (const issuer of ['http://login.example.com', 'http://127.0.0.1.evil.example', 'ftp://x'])
      expect(problemsOf(() => parseApiConfig({ ...whole, ASSAY_OIDC_ISSUER: issuer }))[0]).toMatch(
        /^ASSAY_OIDC_ISSUER/,
      );
    for (const url of ['https://assay.example.com/path', 'https://user@assay.example.com'])
      expect(problemsOf(() => parseApiConfig({ ...whole, ASSAY_PUBLIC_URL: url }))[0]).toMatch(/^ASSAY_PUBLIC_URL/);
  });

  it('holds providers as JSON', () => {
    const providers = {
      local: { baseUrl: 'http://127.0.0.1:4010/v1' },
      hosted: {
        baseUrl: 'https://api.example.com/v1',
        apiKey: 'k',
        pricesMicroUsdPerMillionTokens: { 'm-1': 3_000_000 },
      },
    };
    expect(parseWorkerConfig({ ...WORKER, ASSAY_PROVIDERS: JSON.stringify(providers) }).providers).toEqual({
      local: { baseUrl: 'http://127.0.0.1:4010/v1', apiKey: 'none', prices: {}, account: 'local', limits: {} },
      hosted: {
        baseUrl: 'https://api.example.com/v1',
        apiKey: 'k',
        prices: { 'm-1': 3_000_000 },
        account: 'hosted',
        limits: {},
      },
    });
  });

  it('gives providers of one account its limits, wherever they are stated', () => {
    const baseUrl = 'https://api.example.com/v1';
    const limits = { requestsPerMinute: 60, concurrentJobs: 2 };
    const text = JSON.stringify({ chat: { baseUrl, account: 'team' }, train: { baseUrl, account: 'team', limits } });
    expect(parseWorkerConfig({ ...WORKER, ASSAY_PROVIDERS: text }).providers).toMatchObject({
      chat: { account: 'team', limits },
      train: { account: 'team', limits },
    });
  });

  it.each([
    ['{', ['ASSAY_PROVIDERS is not right: JSON, e.g. {"local":{"baseUrl":"http://127.0.0.1:4010/v1"}}.']],
    ['[]', ['ASSAY_PROVIDERS is not right: JSON, e.g. {"local":{"baseUrl":"http://127.0.0.1:4010/v1"}}.']],
    [
      '{"Local":{"baseUrl":"http://h/v1"}}',
      ['ASSAY_PROVIDERS: Local: "Local" is not a name: use 1 to 63 of a-z, 0-9 and -, without - at either end.'],
    ],
    [
      '{"local":{"baseURL":"file:///etc","apiKey":7}}',
      [
        'ASSAY_PROVIDERS: local.baseUrl: Write an http(s) URL with the version, e.g. http://127.0.0.1:4010/v1.',
        'ASSAY_PROVIDERS: local.apiKey: Expected a text, found the number 7. Put it in quotes.',
        'ASSAY_PROVIDERS: local.baseURL: Unknown key "baseURL". Did you mean "baseUrl"?',
      ],
    ],
    [
      '{"a":{"baseUrl":"http://h/v1","account":"t","limits":{"concurrentJobs":1}},"b":{"baseUrl":"http://h/v1","account":"t","limits":{"concurrentJobs":2}}}',
      ['ASSAY_PROVIDERS: b.limits: The account t has other limits above: state them once.'],
    ],
    [
      '{"local":{"baseUrl":"http://h/v1","limits":{"requestsPerMinut":1}}}',
      [
        'ASSAY_PROVIDERS: local.limits.requestsPerMinut: Unknown key "requestsPerMinut". Did you mean "requestsPerMinute"?',
      ],
    ],
    [
      '{"local":{"baseUrl":"file:///etc"}}',
      ['ASSAY_PROVIDERS: local.baseUrl: Write an http(s) URL with the version, e.g. http://127.0.0.1:4010/v1.'],
    ],
  ])('refuses the providers %j', (text, problems) => {
    const found = problemsOf(() => parseGatewayConfig({ ...WORKER, ASSAY_PROVIDERS: text }));
    expect(found).toEqual(problems);
  });

  it('keeps references to secrets as they are written, and refuses what only looks like one', () => {
    const written = (apiKey: string) => JSON.stringify({ hosted: { baseUrl: 'https://h/v1', apiKey } });
    const { providers } = parseGatewayConfig({ ...WORKER, ASSAY_PROVIDERS: written('${secret:openai-key}') });
    expect(providers['hosted']?.apiKey).toBe('${secret:openai-key}');
    for (const wrong of ['${secret:../key}', '${secret:}', '${env:KEY}', '${secret:key', '${secret:1}']) {
      expect(problemsOf(() => parseGatewayConfig({ ...WORKER, ASSAY_PROVIDERS: written(wrong) }))).toEqual([
        'ASSAY_PROVIDERS: hosted.apiKey: Write ${secret:NAME}; a name is 1 to 63 letters, digits, _ and -, and begins with a letter.',
      ]);
    }
  });

  it("takes the secrets' program as a list, not as a line for a shell", () => {
    const ASSAY_SECRETS_COMMAND = '["vault","kv","get","{name}"]';
    expect(parseWorkerConfig({ ...WORKER, ASSAY_SECRETS_COMMAND }).secretsCommand).toHaveLength(4);
    for (const wrong of ['vault kv get', '[]', '[""]', '["vault",7]']) {
      expect(problemsOf(() => parseWorkerConfig({ ...WORKER, ASSAY_SECRETS_COMMAND: wrong }))[0]).toMatch(
        /^ASSAY_SECRETS_COMMAND/,
      );
    }
  });

  it('takes keys for payloads in their order, each id once', () => {
    const keys = (value: unknown) => ({ ...WORKER, ASSAY_PAYLOAD_KEYS: JSON.stringify(value) });
    const two = [
      { id: '2026', key: '${secret:payload-2026}' },
      { id: '2025', key: 'AAAA' },
    ];
    expect(parseWorkerConfig(keys(two)).payloadKeys).toEqual(two);
    expect(problemsOf(() => parseWorkerConfig(keys([two[0], two[0]])))[0]).toContain('ASSAY_PAYLOAD_KEYS');
    expect(problemsOf(() => parseWorkerConfig(keys([{ id: 'a b', key: '${secret:1}' }])))).toEqual([
      'ASSAY_PAYLOAD_KEYS: 0.id: Use 1 to 63 letters, digits, ., _ and -.',
      'ASSAY_PAYLOAD_KEYS: 0.key: Write ${secret:NAME}; a name is 1 to 63 letters, digits, _ and -, and begins with a letter.',
    ]);
  });

  it('is listed process by process', () => {
    expect(configVariables.migrate).toEqual(['ASSAY_OWNER_DATABASE_URL', 'DATABASE_URL']);
    expect(configVariables.api).toContain('ASSAY_DECISION_KEY_FILE');
    expect([...configVariables.worker, ...configVariables.gateway]).not.toContain('ASSAY_DECISION_KEY_FILE');
    expect(configVariables.cli).not.toContain('DATABASE_URL');
  });
});
