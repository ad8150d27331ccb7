import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { Provider, type Configuration } from 'oidc-provider';

/** What happens to an ID token on its way out. Undefined: nothing. */
export type Tamper = (token: string, keys: Keys) => Promise<string> | string;

interface Keys {
  /** The provider's own: signs what is right in form. */
  sign(claims: JWTPayload, header?: { kid?: string }): Promise<string>;
  /** The published key, PEM. */
  publicPem: string;
}

export interface IdentityProvider {
  issuer: string;
  tamper(how: Tamper | undefined): void;
  /** What people have, by their subject. */
  people: Map<string, Record<string, unknown>>;
  close(): Promise<void>;
}

export const CLIENT_ID = 'assay';
export const CLIENT_SECRET = 'a-secret-of-the-client-with-enough-characters';
const KID = 'key-1';

/** A real OpenID provider on loopback, where people sign in with a form of the provider's own. */
export async function startIdentityProvider(redirectUri: string): Promise<IdentityProvider> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: KID, alg: 'RS256', use: 'sig' };
  const keys: Keys = {
    publicPem: await exportSPKI(publicKey),
    sign: (claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: KID, ...header }).sign(privateKey),
  };
  const people = new Map<string, Record<string, unknown>>();
  let how: Tamper | undefined;
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, configuration(jwk, redirectUri, people));
  provider.use(async (context, next) => {
    await next();
    const body = context.body as { id_token?: string } | undefined;
    if (context.path === '/token' && body?.id_token !== undefined && how !== undefined)
      body.id_token = await how(body.id_token, keys);
  });
  server.on('request', (request, response) => void provider.callback()(request, response));
  return {
    issuer,
    people,
    tamper: (next) => void (how = next),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const configuration = (
  jwk: object,
  redirectUri: string,
  people: Map<string, Record<string, unknown>>,
): Configuration => ({
  clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: [redirectUri] }],
  jwks: { keys: [jwk] },
  pkce: { required: () => true },
  acrValues: ['urn:second-factor'],
  claims: { openid: ['sub', 'acr', 'amr'], email: ['email', 'email_verified'], profile: ['name'] },
  findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...people.get(sub) }) }),
  cookies: { keys: ['a-key-for-the-cookies-of-the-test'] },
});

/** The claims of an ID token, unread by anybody who checks. */
export const claimsOf = (token: string): JWTPayload =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as JWTPayload;

/** A person at the provider's own pages, with a browser of theirs: they type who they are, and consent. */
export async function visitProvider(url: string, who: string, cookies: Map<string, string>): Promise<URL> {
  const { origin } = new URL(url);
  let asked: { url: string; form?: Record<string, string> } = { url };
  for (let step = 0; step < 12; step += 1) {
    const response = await fetch(asked.url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(asked.form !== undefined && { method: 'POST', body: new URLSearchParams(asked.form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = response.headers.get('location');
    if (location !== null) {
      const next = new URL(location, asked.url);
      if (next.origin !== origin) return next;
      asked = { url: next.href };
      continue;
    }
    const page = await response.text();
    const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
    if (action === undefined) throw new Error(`the provider shows no form: ${page.slice(0, 300)}`);
    const isLogin = page.includes('name="login"');
    const form = isLogin ? { prompt: 'login', login: who, password: 'any' } : { prompt: 'consent' };
    asked = { url: new URL(action, asked.url).href, form };
  }
  throw new Error('the provider leads in circles');
}
