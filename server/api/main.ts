import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { checkVersion } from '../../db/check-version.js';
import { readInstance } from '../../db/instance.js';
import { createDatabase, type Database } from '../../db/pool.js';
import { parseApiConfig, type ApiConfig } from '../../domain/config/api-config.js';
import { createFilesystemArtifacts } from '../../providers/artifacts/filesystem.js';
import { listen } from '../process/listen.js';
import { createLogger } from '../process/logger.js';
import { runProcess } from '../process/run-process.js';
import { startedByDev } from '../process/started-by-dev.js';
import { untilStopped } from '../process/until-stopped.js';
import { readConsole } from './console/console-files.js';
import { createApi } from './create-api.js';
import { startAutomaticSigner } from './automatic-signer.js';
import type { OidcSettings } from './sign-in/oidc.js';
import { createEventHub } from './events/event-hub.js';
import { createApiStores } from './stores.js';

/** Where `npm run build` puts the console: beside the compiled api. */
const BUILT_CONSOLE = fileURLToPath(new URL('../../console', import.meta.url));

/** The api process: it holds the key that signs decisions, and no connection to Temporal. */
async function main(): Promise<void> {
  const isProven = startedByDev();
  const config = parseApiConfig(process.env);
  const say = (line: string): void => void process.stderr.write(`api: ${line}\n`);
  for (const [name, variable] of Object.entries(config.took)) say(`${name} from ${variable}`);

  const log = createLogger('api', config.logLevel);
  const onConnectionError = (error: Error): void => log.warn({ err: error }, 'an idle connection broke');
  const { db, close } = createDatabase(config.databaseUrl, { applicationName: 'assay-api', onConnectionError });
  await checkVersion(db);
  const { id: instance } = await readInstance(db);
  const decisionKey = createPrivateKey(await readFile(config.decisionKeyFile));
  const allowDemoIdentities = await isProven;
  const stores = createApiStores(db);
  const keys = { decisionKey, publicKey: createPublicKey(decisionKey), instance };
  const console = await readConsole(config.consoleFolder ?? BUILT_CONSOLE);
  const events = createEventHub({ url: config.databaseUrl, db, log });
  const app = createApi({
    stores,
    ...keys,
    allowDemoIdentities,
    publicUrl: config.publicUrl,
    artifacts: config.artifactsFolder === undefined ? undefined : createFilesystemArtifacts(config.artifactsFolder),
    events,
    ...(console !== undefined && { console }),
    oidc: await readOidc(config),
    isReady: () => answers(db),
    log,
  });
  const automatic = startAutomaticSigner({ url: config.databaseUrl, stores, keys, log });
  const listening = await listen(app.fetch, config);
  say(`ready at ${listening.url}${allowDemoIdentities ? ', with the identities of the demonstration' : ''}`);
  const reason = await untilStopped({ followParent: allowDemoIdentities });
  say(`stopping: ${reason}`);
  await events.close();
  await listening.close();
  await automatic.stop();
  await close();
}

/** The client's secret stands in a file: the api resolves no references to secrets. */
async function readOidc(config: ApiConfig): Promise<OidcSettings | undefined> {
  const {
    oidcIssuer: issuer,
    oidcClientId: clientId,
    oidcClientSecretFile: file,
    oidcLabel: label,
    oidcAcr: acr,
  } = config;
  if (issuer === undefined || clientId === undefined) return undefined;
  const clientSecret = file === undefined ? undefined : (await readFile(file, 'utf8')).trim();
  return { issuer, clientId, clientSecret, label, acr };
}

const answers = (db: Database): Promise<boolean> =>
  db.execute(sql`select 1`).then(
    () => true,
    () => false,
  );

await runProcess('api', main);
