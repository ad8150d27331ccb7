import type { CliConfig } from '../domain/config/cli-config.js';
import { LifecycleError } from '../domain/kernel/errors.js';
import { readCredentials } from './credentials.js';
import { readDevFile } from './dev-file.js';

/** The options that say where the api is and who asks. */
export interface ConnectionOptions {
  apiUrl?: string;
  token?: string;
  /** One of the demo identities of `assay dev`. */
  as?: string;
  /** The state folder of `assay dev`. */
  home: string;
}

export interface Connection {
  apiUrl: string;
  token: string | undefined;
}

/** Who a command speaks for in `assay dev` when nothing else is said: the author of the demo. */
const DEFAULT_IDENTITY = 'demo-ada';
const DEFAULT_URL = 'http://127.0.0.1:7460';

/**
 * Flags first, then the environment, then what `assay login` and `assay dev` left in the state folder. A token that was
 * left there is used only against the api that it is of.
 * @throws LifecycleError NOT_FOUND for an identity that `assay dev` did not make
 */
export function findConnection(options: ConnectionOptions, config: Pick<CliConfig, 'apiUrl' | 'token'>): Connection {
  const dev = readDevFile(options.home);
  const login = readCredentials(options.home);
  const apiUrl = options.apiUrl ?? config.apiUrl ?? dev?.apiUrl ?? login?.apiUrl ?? DEFAULT_URL;
  if (options.as === undefined) {
    const given = options.token ?? config.token ?? (apiUrl === login?.apiUrl ? login.token : undefined);
    return { apiUrl, token: given ?? (apiUrl === dev?.apiUrl ? dev.tokens[DEFAULT_IDENTITY] : undefined) };
  }
  const token = apiUrl === dev?.apiUrl ? dev.tokens[options.as] : undefined;
  if (token === undefined) throw noSuchIdentity(options.as, Object.keys(dev?.tokens ?? {}));
  return { apiUrl, token };
}

function noSuchIdentity(name: string, known: string[]): LifecycleError {
  const remedy =
    known.length === 0 ? 'No "assay dev" runs in this folder; give --token.' : `It has ${known.join(', ')}.`;
  return new LifecycleError('NOT_FOUND', `"assay dev" has no identity "${name}". ${remedy}`, { identity: name });
}
