import { lookup as lookUpName, type LookupAddress } from 'node:dns';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { LifecycleError, isLifecycleError, providerError } from '../../domain/kernel/errors.js';
import type { WebhookPost, Reply } from '../../domain/ports/notification-transports.js';
import { isAllowedAddress } from './allowed-address.js';

const TIMEOUT_MILLISECONDS = 10_000;

export interface WebhookPostOptions {
  /** Also http, and addresses of loopback and of private networks. */
  allowLocal: boolean;
  timeoutMilliseconds?: number;
  /** Default: the system's. */
  lookUp?: typeof lookUpName;
}

/** Posts webhooks. A name is looked up once, all its addresses are judged, and one of exactly those is connected to. */
export function createWebhookPost({
  allowLocal,
  timeoutMilliseconds = TIMEOUT_MILLISECONDS,
  lookUp = lookUpName,
}: WebhookPostOptions): WebhookPost {
  const lookup = judgedLookup(lookUp, allowLocal);
  return async ({ url, headers, body, signal }) => {
    const address = judgeUrl(url, allowLocal);
    const options: RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      lookup,
      // A connection of its own: none that was judged for something else.
      agent: false,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)]),
    };
    try {
      return await send(address, options, body);
    } catch (error) {
      if (isLifecycleError(error)) throw error;
      throw providerError(whyNot(error, timeoutMilliseconds), { retryable: true }, error);
    }
  };
}

/** @throws LifecycleError INVALID_INPUT */
function judgeUrl(text: string, allowLocal: boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === 'https:' || (allowLocal && url?.protocol === 'http:');
  if (url === undefined || !isWeb || url.username !== '' || url.password !== '')
    throw refused(`its address must be https${allowLocal ? ' or http' : ''}, without a user`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isAllowedAddress(host, allowLocal)) throw refused(notPublic(host));
  return url;
}

const refused = (reason: string): LifecycleError =>
  new LifecycleError('INVALID_INPUT', `The webhook was not asked: ${reason}.`);
const notPublic = (address: string): string =>
  `${address} is not a public address (an operator may allow own networks with ASSAY_WEBHOOK_ALLOW_LOCAL=1)`;

/** A look-up for a socket that gives only addresses that were judged, so that nothing is looked up again to connect. */
function judgedLookup(lookUp: typeof lookUpName, allowLocal: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error !== null) return callback(error, '', 0);
      const [first] = addresses;
      const wrong = addresses.find(({ address }) => !isAllowedAddress(address, allowLocal));
      if (wrong !== undefined) return callback(refused(notPublic(wrong.address)), '', 0);
      if (first === undefined) return callback(refused(`${hostname} has no address`), '', 0);
      return options.all === true ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}

function send(url: URL, options: RequestOptions, body: string): Promise<Reply> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sending = request(url, options, (response) => {
      resolve(replyOf(response));
      // What it has to say beyond its head is not read, however long it is.
      response.destroy();
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

function replyOf({ statusCode = 0, headers }: IncomingMessage): Reply {
  const seconds = Number(headers['retry-after']);
  return { status: statusCode, ...(seconds > 0 && { retryAfterMilliseconds: seconds * 1000 }) };
}

/** In words of ours: an error's own may repeat the address, which may hold a token. */
function whyNot(error: unknown, timeoutMilliseconds: number): string {
  const { name, code } = error as { name?: string; code?: unknown };
  if (name === 'TimeoutError' || code === 'ABORT_ERR') return `It did not answer within ${timeoutMilliseconds} ms.`;
  return `It could not be asked (${typeof code === 'string' ? code : 'unknown error'}).`;
}
