import { z } from 'zod';
import { copyTargets, type CopyTarget } from './checkpoint-copies.js';
import { mailServer, type MailServer } from './mail-server.js';
import type { Variable } from './parse-config.js';
import { payloadKeyList, type PayloadKeyConfig } from './payload-keys.js';
import { providers, type ProviderConfig } from './providers.js';
import { secretsArgv } from './secrets.js';

const required = <T>(names: Variable<T>['names'], meaning: string, schema: z.ZodType<T, string>): Variable<T> => ({
  names,
  meaning,
  schema,
});

/** A setting that may be left out. */
export const optional = <T>(variable: Variable<T>): Variable<T | undefined> => ({
  ...variable,
  otherwise: { value: undefined },
});
const withDefault = <T>(variable: Variable<T>, value: T): Variable<T> => ({ ...variable, otherwise: { value } });

const text = z.string();
const webUrl = z.url({ protocol: /^https?$/ });
/** An address without a path, as a browser names it in `Origin`. */
const origin = webUrl
  .refine((text) => /^https?:\/\/[^/?#@]+\/?$/i.test(text))
  .transform((text) => new URL(text).origin);
const postgresUrl = z.url({ protocol: /^postgres(?:ql)?$/ });
const address = z.string().regex(/^(?:[A-Za-z0-9._-]+|\[[0-9a-fA-F:]+\]):[0-9]{1,5}$/);
const port = z
  .string()
  .regex(/^[0-9]{1,5}$/)
  .transform(Number)
  .refine((value) => value <= 65_535);
const flag = z.enum(['0', '1', 'false', 'true']).transform((value) => value === '1' || value === 'true');

const DATABASE = 'a Postgres URL, e.g. postgres://assay_app@db:5432/assay';
const TEMPORAL = "host and port of Temporal's front end, e.g. temporal:7233";

/** The role that may not change evidence. `DATABASE_URL` counts only for processes that a person deploys. */
export const databaseUrl = required(['ASSAY_DATABASE_URL'], DATABASE, postgresUrl);
export const deployedDatabaseUrl = required(['ASSAY_DATABASE_URL', 'DATABASE_URL'], DATABASE, postgresUrl);
/** Under `assay dev` with a database of one's own: the role that may also change accounts. */
export const apiDatabaseUrl = required(['ASSAY_API_DATABASE_URL'], 'a Postgres URL of the role assay_api', postgresUrl);
/** The role that migrates. */
export const ownerDatabaseUrl = required(['ASSAY_OWNER_DATABASE_URL'], DATABASE, postgresUrl);
export const deployedOwnerDatabaseUrl = required(['ASSAY_OWNER_DATABASE_URL', 'DATABASE_URL'], DATABASE, postgresUrl);

export const temporalAddress = required(['ASSAY_TEMPORAL_ADDRESS'], TEMPORAL, address);
const NAMESPACE = 'a Temporal namespace';
export const temporalNamespace = withDefault(required(['ASSAY_TEMPORAL_NAMESPACE'], NAMESPACE, text), 'default');
/** Without an address of Assay's own, a deployed process takes a profile of Temporal's environment configuration. */
export const deployedTemporalAddress = optional(temporalAddress);
export const deployedTemporalNamespace = optional(required(['ASSAY_TEMPORAL_NAMESPACE'], NAMESPACE, text));

export const apiHost = withDefault(required(['ASSAY_API_HOST'], 'a host name or address', text), '127.0.0.1');
export const apiPort = withDefault(required(['ASSAY_API_PORT'], 'a port, 0 to 65535', port), 7460);
export const gatewayHost = withDefault(required(['ASSAY_GATEWAY_HOST'], 'a host name or address', text), '127.0.0.1');
export const gatewayPort = withDefault(required(['ASSAY_GATEWAY_PORT'], 'a port, 0 to 65535', port), 7461);
/** Where people reach the api and its pages, and what links in messages begin with. Sign-in needs https; http only under `assay dev`. */
export const publicUrl = optional(
  required(['ASSAY_PUBLIC_URL'], 'the URL by which people reach Assay, e.g. https://assay.example.com', origin),
);
export const consoleFolder = optional(
  required(
    ['ASSAY_CONSOLE_FOLDER'],
    'the folder of the built console; default: the one that was built with the api',
    text,
  ),
);
const issuer = webUrl.refine((text) => /^(?:https:|http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::|\/|$))/i.test(text));
export const oidcIssuer = optional(
  required(['ASSAY_OIDC_ISSUER'], 'the https address of an OpenID provider; http on this machine only', issuer),
);
export const oidcClientId = optional(
  required(['ASSAY_OIDC_CLIENT_ID'], "Assay's client id at the OpenID provider", text),
);
export const oidcClientSecretFile = optional(
  required(['ASSAY_OIDC_CLIENT_SECRET_FILE'], "a file with the client's secret; none for a public client", text),
);
export const oidcLabel = withDefault(
  required(['ASSAY_OIDC_LABEL'], 'what the button for single sign-on says', text),
  'Single sign-on',
);
export const oidcAcr = optional(
  required(['ASSAY_OIDC_ACR'], 'the acr that a sign-in must have, e.g. of a second factor', text),
);
export const apiUrl = required(['ASSAY_API_URL'], 'the http(s) URL of the api', webUrl);
export const token = required(['ASSAY_TOKEN'], 'an API token', text);

export const artifactsFolder = required(['ASSAY_ARTIFACTS_FOLDER'], 'the folder of the artifact store', text);
/** Where an api is to read what candidate and champion answered. */
export const readableArtifactsFolder = optional(artifactsFolder);
export const packagesFolder = withDefault(
  required(['ASSAY_PACKAGES_FOLDER'], 'the folder whose node_modules the npm source reads', text),
  '.',
);
export const home = withDefault(required(['ASSAY_HOME'], 'the folder of local state', text), '.assay');

const KEY = 'an Ed25519 private key, PEM';
export const decisionKeyFile = required(['ASSAY_DECISION_KEY_FILE'], `a file with ${KEY}: signs decisions`, text);
export const decisionPublicKeyFile = required(
  ['ASSAY_DECISION_PUBLIC_KEY_FILE'],
  'a file with the Ed25519 public key, PEM, that decisions are verified by',
  text,
);
export const logKeyFile = required(['ASSAY_LOG_KEY_FILE'], `a file with ${KEY}: signs audit checkpoints`, text);

export const checkpointCopies = withDefault<CopyTarget[]>(
  required(
    ['ASSAY_CHECKPOINT_COPIES'],
    'JSON, where checkpoints of the audit log are copied to, e.g. [{"folder":"/mnt/elsewhere/assay"}]',
    copyTargets,
  ),
  [],
);

export const providersByName = withDefault<Record<string, ProviderConfig>>(
  required(['ASSAY_PROVIDERS'], 'JSON, e.g. {"local":{"baseUrl":"http://127.0.0.1:4010/v1"}}', providers),
  {},
);

export const secretsFolder = optional(
  required(['ASSAY_SECRETS_FOLDER'], 'a folder with one file a secret, for ${secret:NAME}', text),
);
export const secretsCommand = optional(
  required(
    ['ASSAY_SECRETS_COMMAND'],
    'JSON, a program that prints a secret, e.g. ["vault","kv","get","-field=value","assay/{name}"]',
    secretsArgv,
  ),
);

export const payloadKeys = withDefault<PayloadKeyConfig[]>(
  required(
    ['ASSAY_PAYLOAD_KEYS'],
    'JSON, the key that encrypts first, e.g. [{"id":"2026-11","key":"${secret:payload-2026-11}"}]',
    payloadKeyList,
  ),
  [],
);

export const commands = required(
  ['ASSAY_COMMANDS'],
  'commands that train, as JSON, or the path of a JSON or YAML file, e.g. ./commands.yaml',
  text,
);
export const jobsFolder = required(['ASSAY_JOBS_FOLDER'], 'the folder of the jobs of commands', text);

export const logLevel = withDefault(
  required(
    ['ASSAY_LOG_LEVEL'],
    'one of fatal, error, warn, info, debug, trace, silent',
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
  ),
  'info',
);
export const noDownload = withDefault(
  required(['ASSAY_NO_DOWNLOAD'], '1 to forbid downloads of the Temporal server, or 0', flag),
  false,
);
/** Link-local addresses, where clouds keep their metadata, stay refused. */
export const webhookAllowLocal = withDefault(
  required(['ASSAY_WEBHOOK_ALLOW_LOCAL'], '1 to let webhooks use http and own networks, or 0', flag),
  false,
);

/** The server that takes mail; without it, mail waits and is dead after three days. */
export const smtp = optional<MailServer>(
  required(
    ['ASSAY_SMTP'],
    'JSON, e.g. {"host":"smtp.example.com","port":587,"user":"assay","password":"${secret:smtp}","from":"assay@example.com"}',
    mailServer,
  ),
);
