import type { Handler } from 'hono';
import { z } from 'zod';
import { deliveryListSchema, type DeliveryList } from '../../../domain/api/webhook.js';
import { DELIVERY_STATES } from '../../../domain/kernel/states.js';
import type { ApiEnvironment } from '../environment.js';
import { readQuery } from '../read-request.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';
import { WEBHOOK_ROLES, loadWebhook, toDeliveryView } from '../webhook-view.js';

const querySchema = z.strictObject({ state: z.enum(DELIVERY_STATES).optional() });

/** GET /v1/webhooks/:id/deliveries: what was sent, and what became of it. */
function listDeliveries({ webhooks }: Pick<ApiStores, 'webhooks'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { id } = await loadWebhook(c, webhooks);
    const { state } = readQuery(c, querySchema);
    const answer: DeliveryList = { deliveries: (await webhooks.deliveries(id, state)).map(toDeliveryView) };
    return c.json(answer);
  };
}

export const listDeliveriesRoute: Route = {
  method: 'get',
  path: '/v1/webhooks/:id/deliveries',
  operationId: 'listDeliveries',
  tag: 'operations',
  summary: 'What was sent to an address, and what became of it',
  description: 'With `state=dead` what was tried often enough and did not arrive.',
  roles: WEBHOOK_ROLES,
  request: { query: querySchema },
  answers: { 200: { description: 'The latest 200, latest first.', schema: deliveryListSchema } },
  handler: listDeliveries,
};
