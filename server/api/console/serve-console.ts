import { randomBytes } from 'node:crypto';
import type { Context, Handler, Hono } from 'hono';
import type { ApiEnvironment } from '../environment.js';
import { etagOf, NONCE_MARK, type ConsoleFiles } from './console-files.js';
import { pagePolicy } from './page-policy.js';

/** Every address that the console shows something at. All are one page, which changes nothing when it is asked for. */
const PAGES = ['/', '/sign-in', '/approvals/:id', '/tasks/:id', '/audit', '/account', '/device'] as const;

const NONCE_BYTES = 18;
const NO_CONSOLE =
  'This api has no console. Build one by `npm run build`, or name its folder as ASSAY_CONSOLE_FOLDER.\n';

/** Serves the console from memory: a page for its own addresses, and the files that the page names. */
export function serveConsole(app: Hono<ApiEnvironment>, files: ConsoleFiles | undefined): void {
  if (files === undefined) {
    app.get('/', (c) => c.text(NO_CONSOLE, 404));
    return;
  }
  for (const path of PAGES) app.get(path, showPage(files));
  for (const [path, file] of files.assets) {
    const etag = etagOf(file);
    app.get(path, (c) => {
      c.header('cache-control', 'public, max-age=31536000, immutable');
      c.header('etag', etag);
      if (c.req.header('if-none-match') === etag) return c.body(null, 304);
      return c.body(file.bytes, 200, { 'content-type': file.type });
    });
  }
}

const showPage =
  ({ index }: ConsoleFiles): Handler<ApiEnvironment> =>
  (c: Context<ApiEnvironment>) => {
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    c.header('content-security-policy', pagePolicy(nonce));
    c.header('cross-origin-opener-policy', 'same-origin');
    c.header('cross-origin-resource-policy', 'same-origin');
    c.header('x-frame-options', 'DENY');
    c.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=()');
    return c.html(index.replaceAll(NONCE_MARK, nonce));
  };
