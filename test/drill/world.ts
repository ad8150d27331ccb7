import { createHash, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client as TemporalClient, Connection } from '@temporalio/client';
import { Client } from 'pg';
import { readInstance } from '../../db/instance.js';
import { createDatabase, type Database } from '../../db/pool.js';
import { createAccounts } from '../../db/stores/accounts.js';
import { createApprovalStore } from '../../db/stores/approval-store.js';
import { API_KEY } from '../support/local-provider.js';
import { withDatabase } from '../support/test-servers.js';
import { writeToyMails } from '../support/toy-plan.js';
import { ownNamespace } from '../support/workflow-worker.js';
import { killHard, startEntry, type RunningProcess } from './child-process.js';
import { FOLDER_VARIABLE } from './failpoint.js';
import { TEMPLATE, type Servers } from './servers.js';

const HOME = fileURLToPath(new URL('../../.assay', import.meta.url));
const HOUR_MILLISECONDS = 3_600_000;
export const PROJECT = 'default';
/** Ada asks for runs, Ruth and Leo sign. */
const PEOPLE = [
  ['ada', ['author', 'ml-lead']],
  ['ruth', ['risk']],
  ['leo', ['legal']],
] as const;

export type World = Awaited<ReturnType<typeof createWorld>>;

/** What a worker or an api is started with other than usual. */
export interface ProcessOptions {
  nodeArguments?: readonly string[];
  env?: Record<string, string>;
}

let worlds = 0;

/**
 * One installation of Assay with nothing in it: a database, a namespace, a folder and keys of its own, on servers that
 * it shares with others. Its workers and its api are processes to be killed.
 */
export async function createWorld(
  servers: Servers,
  { providerUrl, mails = 60 }: { providerUrl: string; mails?: number },
) {
  const name = `drill_${(worlds += 1)}_${randomBytes(4).toString('hex')}`;
  const temporal = await ownNamespace(servers.temporal.address, name.replaceAll('_', '-'));
  const { appUrl, apiUrl, ownerUrl } = await makeDatabase(servers, name);
  const opened = createDatabase(appUrl, { applicationName: 'drill' });
  const { db } = opened;
  const tokens = await seedAccounts(ownerUrl);
  const folder = await mkdtemp(join(tmpdir(), `${name}-`));
  const failpoints = join(folder, 'failpoints');
  await mkdir(failpoints);
  const artifactsFolder = join(folder, 'artifacts');
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  await writeToyMails(folder, mails);
  const keyFiles = await writeKeys(folder, publicKey, privateKey);
  const { id: instance } = await readInstance(db);
  const workers: RunningProcess[] = [];
  const undos: (() => Promise<void>)[] = [];
  const apis: RunningProcess[] = [];
  let connection: Connection | undefined;

  const shared = { ASSAY_DATABASE_URL: appUrl, [FOLDER_VARIABLE]: failpoints };
  const world = {
    db,
    appUrl,
    ownerUrl,
    temporal,
    folder,
    failpoints,
    artifactsFolder,
    providerUrl,
    instance,
    publicKey,
    privateKey,
    tokens,
    loadSpacingMilliseconds: 0,
    /** Blobs, by their hex digits, that the drill itself has altered. */
    altered: new Set<string>(),
    approvals: createApprovalStore(db),
    workers,
    /** What has to be undone before the folder can be removed. */
    onStop: (undo: () => Promise<void>): number => undos.push(undo),

    async startWorker(options: ProcessOptions = {}): Promise<RunningProcess> {
      const worker = await startEntry({
        entry: 'worker',
        ready: 'ready, polls',
        nodeArguments: options.nodeArguments ?? [],
        env: {
          ...shared,
          ASSAY_HOME: HOME,
          ASSAY_TEMPORAL_ADDRESS: temporal.address,
          ASSAY_TEMPORAL_NAMESPACE: temporal.namespace,
          ASSAY_ARTIFACTS_FOLDER: artifactsFolder,
          ASSAY_PACKAGES_FOLDER: folder,
          ASSAY_DECISION_PUBLIC_KEY_FILE: keyFiles.decisionPublicKey,
          ASSAY_LOG_KEY_FILE: keyFiles.logKey,
          ASSAY_PROVIDERS: JSON.stringify({ local: { baseUrl: world.providerUrl, apiKey: API_KEY } }),
          ...options.env,
        },
      });
      workers.push(worker);
      return worker;
    },

    /** An api on a free port of its own, which changes with each start; the first, or another beside it. */
    async startApi({ at = 0, ...options }: ProcessOptions & { at?: number } = {}): Promise<RunningProcess> {
      return (apis[at] = await startEntry({
        entry: 'api',
        ready: 'ready at',
        nodeArguments: options.nodeArguments ?? [],
        env: {
          ...shared,
          ASSAY_DATABASE_URL: apiUrl,
          ASSAY_API_PORT: '0',
          ASSAY_DECISION_KEY_FILE: keyFiles.decisionKey,
          ...options.env,
        },
      }));
    },

    /** Starts the api where none runs, as a supervisor does. Where it cannot start, its database is away. */
    async keepApiUp(at = 0): Promise<void> {
      if (apis[at] === undefined || apis[at].end() !== null) await world.startApi({ at }).catch(() => undefined);
    },

    apiUrl: (at = 0): string => /ready at (http:\/\/[\w.:]+)/.exec(apis[at]?.said() ?? '')?.[1] ?? 'http://127.0.0.1:1',

    /** For messages that somebody sends past the api. */
    async temporalClient(): Promise<TemporalClient> {
      connection ??= await Connection.connect({ address: temporal.address });
      return new TemporalClient({ connection, namespace: temporal.namespace });
    },

    async stop(): Promise<void> {
      await Promise.all([...workers, ...apis].map((one) => killHard(one)));
      await connection?.close();
      await opened.close();
      for (const undo of undos) await undo();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return world;
}

async function makeDatabase(servers: Servers, name: string) {
  const { superuserUrl, appUrl, apiUrl, ownerUrl } = servers.postgres;
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name} OWNER assay_owner TEMPLATE ${TEMPLATE}`);
  } finally {
    await client.end();
  }
  await becomeAnother(withDatabase(superuserUrl, name));
  const [app, api, owner] = [appUrl, apiUrl, ownerUrl].map((url) => withDatabase(url, name)) as [
    string,
    string,
    string,
  ];
  return { appUrl: app, apiUrl: api, ownerUrl: owner };
}

/** A copy of a database is the same installation to the provider that both use, and would find the other's jobs. */
async function becomeAnother(superuserUrl: string): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query(`ALTER TABLE instance DISABLE TRIGGER USER; UPDATE instance SET id = gen_random_uuid()`);
  } finally {
    await client.end();
  }
}

/** A project with its people, each with a token. */
async function seedAccounts(ownerUrl: string): Promise<Record<string, string>> {
  const owner = createDatabase(ownerUrl, { applicationName: 'drill' });
  try {
    return await seedPeople(owner.db);
  } finally {
    await owner.close();
  }
}

async function seedPeople(db: Database): Promise<Record<string, string>> {
  const accounts = createAccounts(db);
  const tokens: Record<string, string> = {};
  await accounts.ensureProject(PROJECT, 'drill');
  for (const [id, roles] of PEOPLE) {
    await accounts.ensurePrincipal({ id, kind: 'person', displayName: id }, 'drill');
    for (const role of roles) await accounts.grantRole({ principal: id, project: PROJECT, role }, 'drill');
    const token = (tokens[id] = `assay_${randomBytes(32).toString('base64url')}`);
    const sha256 = createHash('sha256').update(token).digest('hex');
    const expiresAt = new Date(Date.now() + HOUR_MILLISECONDS);
    await accounts.createToken({ principal: id, sha256, label: 'drill', expiresAt }, 'drill');
  }
  return tokens;
}

async function writeKeys(folder: string, publicKey: KeyObject, privateKey: KeyObject) {
  const paths = {
    decisionPublicKey: join(folder, 'decision.pub'),
    decisionKey: join(folder, 'decision.key'),
    logKey: join(folder, 'log.key'),
  };
  const secret = privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(paths.decisionPublicKey, publicKey.export({ type: 'spki', format: 'pem' }));
  await writeFile(paths.decisionKey, secret);
  await writeFile(paths.logKey, secret);
  return paths;
}
