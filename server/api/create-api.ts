import { Hono } from 'hono';
import { isLifecycleError, LifecycleError } from '../../domain/kernel/errors.js';
import { createGuessLimit } from '../process/guess-limit.js';
import type { Logger } from '../process/logger.js';
import type { ApiEnvironment } from './environment.js';
import { serveConsole } from './console/serve-console.js';
import type { ReadableArtifacts } from './comparison/stored-lines.js';
import type { EventHub } from './events/event-hub.js';
import type { ConsoleFiles } from './console/console-files.js';
import { authenticate } from './middleware/authenticate.js';
import { limitBody } from './middleware/limit-body.js';
import { refuseQueryTokens } from './middleware/refuse-query-tokens.js';
import { requestId } from './middleware/request-id.js';
import { secureHeaders } from './middleware/secure-headers.js';
import { apiDocument } from './openapi/api-document.js';
import { problemOf, sendProblem } from './problem.js';
import { addRoutes } from './add-routes.js';
import { ROUTES } from './routes/index.js';
import { addOidc } from './sign-in/add-oidc.js';
import { createOidcSignIn, type OidcSettings } from './sign-in/oidc.js';
import type { SignIn } from './sign-in/sign-in.js';
import type { SigningKeys } from './signing.js';
import type { ApiStores } from './stores.js';

export interface ApiOptions extends SigningKeys {
  stores: ApiStores;
  /** Only where `assay dev` started the process. */
  allowDemoIdentities: boolean;
  /** Where people reach the api, by which their sessions are safe. Without it nobody signs in; tokens open the api. */
  publicUrl?: string | undefined;
  /** Where predictions and data are read from; left out where this api has no way to them. */
  artifacts?: ReadableArtifacts;
  /** What tells of events as they happen; left out where nobody listens to the database. */
  events?: EventHub;
  /** The built console; left out where there is none. */
  console?: ConsoleFiles;
  /** An identity provider by which people sign in. */
  oidc?: OidcSettings | undefined;
  /** Whether Postgres answers, for `/readyz`. */
  isReady: () => Promise<boolean>;
  log: Logger;
}

/** Asked before anybody has signed in; everything else under /v1 is refused without a token or a session. */
const PUBLIC = new Set(
  ROUTES.filter(({ isPublic }) => isPublic === true).map(({ method, path }) => `${method.toUpperCase()} ${path}`),
);

/**
 * The api. It writes rows and nothing else: what has to reach a workflow is delivered from the audit log by the outbox.
 * GET changes nothing; what changes something by a cookie has to come from a page of ours, and there is no CORS: no
 * other site can act for a person.
 */
export function createApi(options: ApiOptions): Hono<ApiEnvironment> {
  const { stores, allowDemoIdentities, isReady, log } = options;
  const guesses = createGuessLimit({ clock: Date.now });
  const publicUrl = options.publicUrl === undefined ? undefined : new URL(options.publicUrl);
  const oidc =
    options.oidc === undefined || publicUrl === undefined ? undefined : createOidcSignIn(options.oidc, publicUrl);
  const signIn: SignIn = { publicUrl, isDev: allowDemoIdentities, oidc };
  const app = new Hono<ApiEnvironment>();
  app.use(requestId, secureHeaders);
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => ((await isReady()) ? c.json({ ok: true }) : c.json({ ok: false }, 503)));
  app.get('/v1/openapi.json', (c) => c.json(apiDocument));
  app.use(
    '/v1/*',
    refuseQueryTokens,
    limitBody,
    authenticate({ stores, signIn, guesses, isPublic: (c) => PUBLIC.has(`${c.req.method} ${c.req.path}`) }),
  );
  addOidc(app, stores, signIn);
  addRoutes(app, ROUTES, { ...options, signIn });
  serveConsole(app, options.console);
  app.notFound((c) =>
    sendProblem(c, {
      status: 404,
      title: 'There is no such address',
      code: 'NO_SUCH_ROUTE',
      detail: `There is no ${c.req.method} ${c.req.path}. GET /v1/openapi.json says what there is.`,
    }),
  );
  app.onError((error, c) => {
    const known = isLifecycleError(error) ? error : new LifecycleError('INTERNAL', 'Unexpected.', {}, error);
    const answer = problemOf(c, known);
    if (answer.status >= 500) log.error({ err: error, requestId: c.get('requestId') }, 'request failed');
    return answer;
  });
  return app;
}
