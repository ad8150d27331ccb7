import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import type { Logger } from '../process/logger.js';
import { authenticate } from './authenticate.js';
import type { GatewayDependencies } from './dependencies.js';
import type { GatewayEnvironment } from './environment.js';
import { GatewayRefusal, errorBody } from './openai-error.js';
import { chatCompletions } from './routes/chat-completions.js';
import { listModels } from './routes/list-models.js';
import { createSelectVersion } from './select-version.js';
import { createVersionVerdicts } from './version-verdict.js';

const LIMIT_BYTES = 2 * 1024 * 1024;

/**
 * The serving data plane: an OpenAI-compatible API over aliases. It serves a version only while the signed decisions
 * of its release verify against Postgres.
 */
export function createGateway(dependencies: GatewayDependencies): Hono<GatewayEnvironment> {
  const clock = dependencies.clock ?? Date.now;
  const verdictOf = createVersionVerdicts({ ...dependencies, clock });
  const selectVersion = createSelectVersion({ ...dependencies, verdictOf, clock });
  const app = new Hono<GatewayEnvironment>();

  app.use(async (c, next) => {
    c.set('requestId', `req-${randomUUID()}`);
    c.header('x-assay-request', c.get('requestId'));
    await next();
  });
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.use('/v1/*', bodyLimit({ maxSize: LIMIT_BYTES, onError: refuseLarge }), authenticate({ ...dependencies, clock }));
  app.post('/v1/chat/completions', chatCompletions(selectVersion, { ...dependencies, clock }));
  app.get('/v1/models', listModels({ ...dependencies, verdictOf }));
  app.notFound((c) => answer(new GatewayRefusal(404, 'invalid_request', `There is no ${c.req.method} ${c.req.path}.`)));
  app.onError((error, c) => {
    const refusal = refusalOf(error, dependencies.log, c.get('requestId'));
    c.header('x-assay-request', c.get('requestId'));
    if (refusal.retryAfter !== undefined) c.header('retry-after', refusal.retryAfter);
    return c.json(errorBody(refusal), refusal.status);
  });
  return app;
}

const refuseLarge = (): never => {
  throw new GatewayRefusal(413, 'request_too_large', `A request may have up to ${LIMIT_BYTES} bytes.`);
};

const answer = (refusal: GatewayRefusal): never => {
  throw refusal;
};

/** What the caller hears; of our own troubles only that they are ours. */
function refusalOf(error: Error, log: Logger, requestId: string): GatewayRefusal {
  if (error instanceof GatewayRefusal) return error;
  log.error({ err: error, requestId }, 'request failed');
  return isLifecycleError(error, 'PROVIDER')
    ? new GatewayRefusal(503, 'unavailable', 'The gateway cannot verify approvals at the moment; try again.', '1')
    : new GatewayRefusal(500, 'internal', `Something went wrong inside. The log has more under ${requestId}.`);
}
