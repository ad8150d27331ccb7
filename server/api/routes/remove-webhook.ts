import type { Handler } from 'hono';
import { webhookViewSchema } from '../../../domain/api/webhook.js';
import type { ApiEnvironment } from '../environment.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';
import { WEBHOOK_ROLES, loadWebhook, toWebhookView } from '../webhook-view.js';

/** DELETE /v1/webhooks/:id: nothing more is sent there, not even what was on its way. */
function removeWebhook({ webhooks }: Pick<ApiStores, 'webhooks'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { id } = await loadWebhook(c, webhooks);
    return c.json(toWebhookView(await webhooks.remove(id, c.get('principal').id)));
  };
}

export const removeWebhookRoute: Route = {
  method: 'delete',
  path: '/v1/webhooks/:id',
  operationId: 'removeWebhook',
  tag: 'operations',
  summary: 'Send nothing more to an address',
  description: 'What was still to be sent is dead; its deliveries can still be read. Repeating it changes nothing.',
  roles: WEBHOOK_ROLES,
  answers: { 200: { description: 'The webhook as it was, with the moment of its end.', schema: webhookViewSchema } },
  handler: removeWebhook,
};
