import type { Hono } from 'hono';
import type { ApiEnvironment } from '../../server/api/environment.js';

export interface BrowserAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export interface Browser {
  /** As a page of `origin` asks. */
  ask(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string | undefined>,
  ): Promise<BrowserAnswer>;

  /** The cookies that are kept now, by name. */
  cookies: Map<string, string>;
}

/** What a browser does that matters here: it keeps cookies, sends them back, and says where a request comes from. */
export function openBrowser(app: Pick<Hono<ApiEnvironment>, 'request'>, origin = 'https://assay.test'): Browser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async ask(method, path, body, headers = {}) {
      const response = await app.request(new URL(path, origin).href, {
        method,
        redirect: 'manual',
        headers: present({
          host: new URL(origin).host,
          ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
          ...(method !== 'GET' && { origin, 'sec-fetch-site': 'same-origin' }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        }),
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      for (const line of response.headers.getSetCookie()) keep(cookies, line);
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: parsed(text) };
    },
  };
}

/** A header that is given as undefined is left out. */
const present = (headers: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined));

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split('; ');
  const at = pair.indexOf('=');
  const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
  if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) cookies.delete(name);
  else cookies.set(name, value);
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { text };
  }
}
