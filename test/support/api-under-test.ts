import { generateKeyPairSync } from 'node:crypto';
import { createDatabase, type OpenDatabase } from '../../db/pool.js';
import { createApi, type ApiOptions } from '../../server/api/create-api.js';
import { createApiStores, type ApiStores } from '../../server/api/stores.js';
import { createLogger } from '../../server/process/logger.js';
import { INSTANCE } from './approval-files.js';
import { addPerson } from './people.js';
import { createTestDatabase, type TestDatabase } from './postgres.js';
import { PROJECT, seedProject } from './seeded-project.js';

export const signingKeys = generateKeyPairSync('ed25519');

export interface ApiAnswer {
  status: number;
  headers: Headers;
  // What came back is judged by each test.
  body: Record<string, unknown>;
}

export type Ask = (
  token: string | undefined,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<ApiAnswer>;

export interface ApiUnderTest {
  opened: OpenDatabase;
  database: TestDatabase;
  stores: ApiStores;
  ask: Ask;
  /** For `listen`. */
  fetch(request: Request): Response | Promise<Response>;
  /** The same stores behind an api with other options. */
  askWith(options: Partial<ApiOptions>): Ask;
  appWith(options: Partial<ApiOptions>): ReturnType<typeof createApi>;
  tokens: Record<'ada' | 'ruth' | 'leo' | 'demoRuth' | 'stranger' | 'robot', string>;
  close(): Promise<void>;
}

/** An api over a database of its own: ada asks, ruth (risk) and leo (legal) sign, a stranger is of another project. */
export async function openApi(): Promise<ApiUnderTest> {
  const database = await createTestDatabase();
  const opened = createDatabase(database.apiUrl);
  const { db } = opened;
  await seedProject(db);
  const stores = createApiStores(db);
  const options: ApiOptions = {
    stores,
    decisionKey: signingKeys.privateKey,
    publicKey: signingKeys.publicKey,
    instance: INSTANCE,
    allowDemoIdentities: false,
    isReady: () => Promise.resolve(true),
    log: createLogger('test', 'silent'),
  };
  const appWith = (over: Partial<ApiOptions>) => createApi({ ...options, ...over });
  const askWith = (over: Partial<ApiOptions>): Ask => {
    const app = appWith(over);
    return async (token, method, path, body, headers = {}) => {
      const response = await app.request(path, {
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: parse(text) };
    };
  };
  const tokens = {
    ada: await addPerson(db, { id: 'ada', project: PROJECT, roles: ['author', 'risk'] }),
    ruth: await addPerson(db, { id: 'ruth', project: PROJECT, roles: ['risk'] }),
    leo: await addPerson(db, { id: 'leo', project: PROJECT, roles: ['legal'] }),
    demoRuth: await addPerson(db, { id: 'demo-ruth', project: PROJECT, roles: ['risk'], isDemo: true }),
    stranger: await addPerson(db, { id: 'sam', project: 'other', roles: ['risk', 'author', 'auditor'] }),
    robot: await addPerson(db, { id: 'robot', project: PROJECT, roles: ['risk'], kind: 'service' }),
  };
  const close = async () => {
    await opened.close();
    await database.drop();
  };
  return {
    opened,
    database,
    stores,
    ask: askWith({}),
    fetch: createApi(options).fetch,
    askWith,
    appWith,
    tokens,
    close,
  };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { text };
  }
}
