import * as oidc from 'openid-client';
import { LifecycleError, providerError } from '../../../domain/kernel/errors.js';
import { isLoopback } from './same-site.js';

export interface OidcSettings {
  /** https; http only on this machine. */
  issuer: string;
  clientId: string;
  /** Left out for a public client. */
  clientSecret?: string | undefined;
  /** What the button says. */
  label: string;
  /** How people must have signed in there, e.g. with a second factor. */
  acr?: string | undefined;
}

/** What is kept between the start of a sign-in and its end, in a cookie of the browser that began it. */
export interface OidcTransaction {
  state: string;
  nonce: string;
  verifier: string;
  /** The page to show afterwards. */
  next: string;
  /** Whether they have to prove it anew. */
  isFresh: boolean;
  /** Unix seconds. */
  startedAt: number;
}

/** Who the identity provider says has signed in. */
export interface OidcPerson {
  issuer: string;
  subject: string;
  name: string | undefined;
  /** Only one that the provider has verified. */
  email: string | undefined;
  acr: string | null;
  amr: string[];
  authenticatedAt: Date;
}

export interface OidcSignIn {
  label: string;
  start(asked: { next: string; isFresh: boolean }): Promise<{ url: URL; transaction: OidcTransaction }>;
  /** @throws LifecycleError NOT_ALLOWED for an answer that does not hold; PROVIDER where nobody answers */
  finish(query: string, transaction: OidcTransaction): Promise<OidcPerson>;
}

const SCOPE = 'openid profile email';
/** A sign-in there that is older than a session may last is asked for again; it also makes the provider say when it was. */
const OLDEST_SECONDS = 12 * 3600;
/** The two clocks need not agree to the second. */
const SKEW_SECONDS = 30;
const TIMEOUT_SECONDS = 10;
const HMAC = /^(?:none|HS\d+)$/i;

/** The code flow with PKCE, state and nonce; every ID token's signature is checked by the provider's published keys. */
export function createOidcSignIn(settings: OidcSettings, publicUrl: URL, clock: () => number = Date.now): OidcSignIn {
  const redirectUri = new URL('/auth/oidc/callback', publicUrl).href;
  let found: Promise<oidc.Configuration> | undefined;
  const configuration = (): Promise<oidc.Configuration> => {
    found ??= discover(settings).catch(unanswered);
    found.catch(() => (found = undefined));
    return found;
  };
  return {
    label: settings.label,
    async start({ next, isFresh }) {
      const config = await configuration();
      const verifier = oidc.randomPKCECodeVerifier();
      const transaction = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier, next, isFresh };
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: SCOPE,
        state: transaction.state,
        nonce: transaction.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        max_age: String(isFresh ? 0 : OLDEST_SECONDS),
        ...(isFresh && { prompt: 'login' }),
        ...(settings.acr !== undefined && { acr_values: settings.acr }),
      });
      return { url, transaction: { ...transaction, startedAt: Math.floor(clock() / 1000) } };
    },
    async finish(query, transaction) {
      try {
        const config = await configuration();
        const tokens = await oidc.authorizationCodeGrant(config, new URL(`${redirectUri}${query}`), {
          pkceCodeVerifier: transaction.verifier,
          expectedState: transaction.state,
          expectedNonce: transaction.nonce,
          idTokenExpected: true,
          maxAge: OLDEST_SECONDS,
        });
        const claims = tokens.claims();
        if (claims === undefined) throw notAllowed('there is no ID token');
        requireAsymmetric(tokens.id_token ?? '');
        requireAsAsked(claims, settings, transaction);
        const more = await userInfo(config, tokens.access_token, claims);
        return personOf(claims, more);
      } catch (error) {
        return refused(error);
      }
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<oidc.Configuration> {
  const url = new URL(issuer);
  const execute = isLoopback(url) ? [oidc.allowInsecureRequests] : [];
  const known = await oidc.discovery(url, clientId, undefined, oidc.None(), { execute, timeout: TIMEOUT_SECONDS });
  const server = known.serverMetadata();
  const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  const config = new oidc.Configuration(server, clientId, undefined, clientAuth(clientSecret, methods));
  config.timeout = TIMEOUT_SECONDS;
  if (isLoopback(url)) oidc.allowInsecureRequests(config);
  oidc.enableNonRepudiationChecks(config);
  return config;
}

function clientAuth(secret: string | undefined, methods: readonly string[]): oidc.ClientAuth {
  if (secret === undefined) return oidc.None();
  return methods.includes('client_secret_basic') ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret);
}

/** What anybody could have signed is not signed by the provider, whatever it says that it supports. */
function requireAsymmetric(idToken: string): void {
  const header = JSON.parse(Buffer.from(idToken.split('.')[0] ?? '', 'base64url').toString()) as { alg?: unknown };
  if (typeof header.alg !== 'string' || HMAC.test(header.alg))
    throw notAllowed(`its ID token has alg ${String(header.alg)}`);
}

function requireAsAsked(claims: oidc.IDToken, settings: OidcSettings, transaction: OidcTransaction): void {
  if (settings.acr !== undefined && claims.acr !== settings.acr)
    throw notAllowed(`it was not done as ${settings.acr}, which is asked for`);
  if (typeof claims.auth_time !== 'number') throw notAllowed('the provider does not say when it was');
  if (transaction.isFresh && claims.auth_time < transaction.startedAt - SKEW_SECONDS)
    throw notAllowed('the provider did not ask for it anew');
}

/** Some providers put name and address into the ID token, others give them to who asks with the access token. */
async function userInfo(config: oidc.Configuration, accessToken: string, claims: oidc.IDToken) {
  if (config.serverMetadata().userinfo_endpoint === undefined) return claims;
  if (claims['name'] !== undefined && claims['email'] !== undefined) return claims;
  return { ...(await oidc.fetchUserInfo(config, accessToken, claims.sub)), ...claims };
}

function personOf(claims: oidc.IDToken, more: Record<string, unknown>): OidcPerson {
  const text = (name: string): string | undefined => (typeof more[name] === 'string' ? more[name] : undefined);
  const amr = Array.isArray(claims.amr)
    ? claims.amr.filter((method): method is string => typeof method === 'string')
    : [];
  return {
    issuer: claims.iss,
    subject: claims.sub,
    name: text('name') ?? text('preferred_username'),
    email: more['email_verified'] === true ? text('email')?.toLowerCase() : undefined,
    acr: typeof claims.acr === 'string' ? claims.acr : null,
    amr,
    authenticatedAt: new Date(Number(claims.auth_time) * 1000),
  };
}

const notAllowed = (why: string, cause?: unknown): LifecycleError =>
  new LifecycleError('NOT_ALLOWED', `This sign-in does not count: ${why}. Sign in again.`, {}, cause);

const unanswered = (cause: unknown): never => {
  throw providerError('The identity provider does not answer as one does.', { retryable: true }, cause);
};

/** What a library throws may quote what it was given: of it only the kind and the code are told. */
function refused(error: unknown): never {
  if (error instanceof LifecycleError) throw error;
  const { code, cause } = (error instanceof Error ? error : {}) as { code?: unknown; cause?: { error?: unknown } };
  const isUnsent = error instanceof TypeError && error.message === 'fetch failed';
  if (isUnsent || code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT') return unanswered(error);
  const said = typeof cause?.error === 'string' ? cause.error : code;
  throw notAllowed(
    typeof said === 'string' ? `the identity provider's answer does not hold (${said})` : 'the answer does not hold',
    error,
  );
}
