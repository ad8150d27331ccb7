import type { Handler } from 'hono';
import { deliveryViewSchema } from '../../../domain/api/webhook.js';
import type { ApiEnvironment } from '../environment.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';
import { WEBHOOK_ROLES, loadWebhook, toDeliveryView } from '../webhook-view.js';

/** POST /v1/webhooks/:id/tests: sends a message that tells of nothing. */
function testWebhook({ webhooks }: Pick<ApiStores, 'webhooks'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { id } = await loadWebhook(c, webhooks);
    return c.json(toDeliveryView(await webhooks.test(id)), 202);
  };
}

export const testWebhookRoute: Route = {
  method: 'post',
  path: '/v1/webhooks/:id/tests',
  operationId: 'testWebhook',
  tag: 'operations',
  summary: 'Send a message that tells of nothing, to try an address',
  roles: WEBHOOK_ROLES,
  answers: { 202: { description: 'The message is on its way.', schema: deliveryViewSchema } },
  handler: testWebhook,
};
