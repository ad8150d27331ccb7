import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { webhookListSchema, type WebhookList } from '../../../domain/api/webhook.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf, requireRole } from '../permissions.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';
import { WEBHOOK_ROLES, toWebhookView } from '../webhook-view.js';

/** GET /v1/webhooks: where events of a project are sent. */
function listWebhooks({ webhooks }: Pick<ApiStores, 'webhooks'>): Handler<ApiEnvironment> {
  return async (c) => {
    const project = projectOf(c);
    requireRole(c.get('principal'), project, WEBHOOK_ROLES);
    const answer: WebhookList = { webhooks: (await webhooks.list(project)).map(toWebhookView) };
    return c.json(answer);
  };
}

export const listWebhooksRoute: Route = {
  method: 'get',
  path: '/v1/webhooks',
  operationId: 'listWebhooks',
  tag: 'operations',
  summary: 'Where events of a project are sent',
  roles: WEBHOOK_ROLES,
  request: { query: projectQuerySchema },
  answers: { 200: { description: 'The webhooks, oldest first.', schema: webhookListSchema } },
  handler: listWebhooks,
};
