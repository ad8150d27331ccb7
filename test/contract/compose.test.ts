import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { Host } from '../../cli/action.js';
import { buildProgram } from '../../cli/program.js';
import { processTerminal } from '../../cli/terminal.js';
import { parseApiConfig } from '../../domain/config/api-config.js';
import { configVariables } from '../../domain/config/config-variables.js';
import { parseGatewayConfig } from '../../domain/config/gateway-config.js';
import { parseMigrateConfig } from '../../domain/config/migrate-config.js';
import { parseWorkerConfig } from '../../domain/config/worker-config.js';
import { interpolate, readCompose, variablesOf, type ComposeService } from '../support/compose-file.js';

const FILE = 'docker-compose.yml';
const text = readFileSync(FILE, 'utf8');
const { services, secrets } = readCompose(FILE);

const PARSERS = {
  migrate: parseMigrateConfig,
  api: parseApiConfig,
  worker: parseWorkerConfig,
  gateway: parseGatewayConfig,
} as const;
type OwnName = keyof typeof PARSERS;
const OWN = Object.keys(PARSERS) as OwnName[];

const SAMPLE = {
  POSTGRES_PASSWORD: 'p',
  ASSAY_OWNER_PASSWORD: 'p',
  ASSAY_APP_PASSWORD: 'p',
  ASSAY_API_PASSWORD: 'p',
  TEMPORAL_DB_PASSWORD: 'p',
  ASSAY_DECISION_KEY_PEM: 'decision-key.pem',
  ASSAY_DECISION_PUBLIC_KEY_PEM: 'decision-key.pub.pem',
  ASSAY_LOG_KEY_PEM: 'log-key.pem',
  ASSAY_PROVIDERS: '{"hosted":{"baseUrl":"https://models.example.com/v1"}}',
};

const host: Host = { terminal: processTerminal({}), environment: {}, exit: () => {} };
const serviceOf = (name: string): ComposeService => {
  const service = services[name];
  if (service === undefined) throw new Error(`there is no service ${name}`);
  return service;
};
const environmentOf = (name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(serviceOf(name).environment ?? {}).map(([key, value]) => [key, interpolate(value, SAMPLE)]),
  );

describe('docker-compose.yml', () => {
  it('is valid by the schema of the Compose Specification', () => {
    const source = readFileSync('test/contract/compose-spec/compose-spec.json', 'utf8');
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    const isValid = ajv.compile(JSON.parse(source, withoutIds) as object);
    isValid(readCompose(FILE));
    expect(isValid.errors).toBeNull();
    expect(isValid({ services: { api: { imagee: 'assay' } } })).toBe(false);
  });

  it('has the services of the production shape', () => {
    expect(Object.keys(services)).toEqual(
      expect.arrayContaining(['postgres', 'temporal', 'temporal-schema', 'temporal-ui', ...OWN]),
    );
  });

  it('runs commands that the command line has', () => {
    const commands = buildProgram(host).commands.map((command) => command.name());
    const built = Object.entries(services).filter(([, service]) => service.build !== undefined);
    expect(built.map(([name]) => name).sort()).toEqual([...OWN].sort());
    for (const [, service] of built) expect(commands).toContain(service.command?.[0]);
  });

  it.each(OWN)('gives %s only variables that it reads, and all that it needs', (name) => {
    const environment = environmentOf(name);
    expect(configVariables[name]).toEqual(expect.arrayContaining(Object.keys(environment)));
    expect(() => PARSERS[name](environment)).not.toThrow();
  });

  it.each([
    ['api', parseApiConfig],
    ['gateway', parseGatewayConfig],
  ] as const)('publishes and asks the port on which the %s listens', (name, parse) => {
    const { port, host } = parse(environmentOf(name));
    const { ports = [], healthcheck } = serviceOf(name);
    expect(ports.map((published) => interpolate(published, SAMPLE))).toEqual([`127.0.0.1:${port}:${port}`]);
    expect(healthcheck?.test.join(' ')).toContain(`http://127.0.0.1:${port}/healthz`);
    expect(host).toBe('0.0.0.0');
  });

  it.each(OWN)('hands %s exactly the secrets that its variables name', (name) => {
    const named = Object.values(environmentOf(name)).filter((value) => value.startsWith('/run/secrets/'));
    const handed = (serviceOf(name).secrets ?? []).map((secret) => `/run/secrets/${secret}`);
    expect(handed.sort()).toEqual(named.sort());
    for (const secret of serviceOf(name).secrets ?? []) expect(Object.keys(secrets)).toContain(secret);
  });

  it('publishes neither Temporal nor Postgres, and everything else on this machine only', () => {
    const published = Object.values(services).flatMap((service) => service.ports ?? []);
    for (const port of published) expect(interpolate(port, SAMPLE)).toMatch(/^127\.0\.0\.1:\d+:(7460|7461|8080)$/);
    expect(serviceOf('temporal').ports).toBeUndefined();
    expect(serviceOf('postgres').ports).toBeUndefined();
  });

  it('has no default for a password, a key or a provider', () => {
    const found = variablesOf(text);
    const isSecret = (name: string) => /PASSWORD|_PEM$|PROVIDERS/.test(name);
    expect(found.filter(({ name, isRequired }) => isSecret(name) && !isRequired)).toEqual([]);
    expect([...new Set(found.filter(({ isRequired }) => isRequired).map(({ name }) => name))].sort()).toEqual(
      Object.keys(SAMPLE).sort(),
    );
  });

  it('has every variable in the example to copy', () => {
    const example = readFileSync('docker/example.env', 'utf8');
    const listed = [...example.matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name ?? '');
    const used = variablesOf(text).map(({ name }) => name);
    expect(listed.sort()).toEqual([...new Set(used)].filter((name) => name !== 'ASSAY_VERSION').sort());
  });

  it('waits only for services that exist, and by a condition that they can meet', () => {
    for (const service of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
        if (condition === 'service_healthy') expect(serviceOf(name).healthcheck).toBeDefined();
        else expect(condition).toBe('service_completed_successfully');
      }
    }
  });
});

/** The schema names its parts by `id`, a keyword of an older draft that ajv refuses. */
const withoutIds = (key: string, value: unknown): unknown =>
  typeof value === 'string' && ['id', '$schema'].includes(key) ? undefined : value;
