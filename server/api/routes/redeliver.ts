import type { Handler } from 'hono';
import { deliveryViewSchema } from '../../../domain/api/webhook.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { ApiEnvironment } from '../environment.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';
import { WEBHOOK_ROLES, loadWebhook, toDeliveryView } from '../webhook-view.js';

const DELIVERY_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** POST /v1/webhooks/:id/deliveries/:delivery/redeliveries: sends a message again, under the same id. */
function redeliver({ webhooks }: Pick<ApiStores, 'webhooks'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { id } = await loadWebhook(c, webhooks);
    const delivery = c.req.param('delivery') ?? '';
    if (!DELIVERY_ID.test(delivery)) throw new LifecycleError('NOT_FOUND', `${id} has no delivery ${delivery}.`);
    return c.json(toDeliveryView(await webhooks.redeliver(id, delivery, c.get('principal').id)), 202);
  };
}

export const redeliverRoute: Route = {
  method: 'post',
  path: '/v1/webhooks/:id/deliveries/:delivery/redeliveries',
  operationId: 'redeliver',
  tag: 'operations',
  summary: 'Send a message again, also one that had arrived',
  description: 'It keeps its `webhook-id`: a receiver that has dealt with it can tell.',
  roles: WEBHOOK_ROLES,
  answers: { 202: { description: 'The message is on its way again.', schema: deliveryViewSchema } },
  handler: redeliver,
};
