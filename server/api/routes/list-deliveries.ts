import type { Handler } from 'hono';
import { z } from 'zod';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { channelDeliveryListSchema, type ChannelDeliveryList } from '../../../domain/api/notification.js';
import { deliveryListSchema, type DeliveryList } from '../../../domain/api/webhook.js';
import { DELIVERY_STATES } from '../../../domain/kernel/states.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf, requireRole } from '../permissions.js';
import { readQuery } from '../read-request.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';
import { CHANNEL_ROLES, loadChannel, toChannelDelivery, toWebhookDelivery } from '../channel-view.js';

const querySchema = z.strictObject({ state: z.enum(DELIVERY_STATES).optional() });
const logQuerySchema = projectQuerySchema.extend(querySchema.shape);
const DESCRIPTION = 'With `state=dead` what was tried often enough and did not arrive.';
const LATEST = 'The latest 200, latest first.';

/** GET /v1/notifications/deliveries: what was sent by all channels of a project, and what became of it. */
function listNotifications({ channels }: Pick<ApiStores, 'channels'>): Handler<ApiEnvironment> {
  return async (c) => {
    const project = projectOf(c);
    requireRole(c.get('principal'), project, CHANNEL_ROLES);
    const { state } = readQuery(c, logQuerySchema);
    const answer: ChannelDeliveryList = { deliveries: (await channels.log(project, state)).map(toChannelDelivery) };
    return c.json(answer);
  };
}

export const listNotificationsRoute: Route = {
  method: 'get',
  path: '/v1/notifications/deliveries',
  operationId: 'listNotifications',
  tag: 'operations',
  summary: 'What was sent by all channels of a project, and what became of it',
  description: DESCRIPTION,
  roles: CHANNEL_ROLES,
  request: { query: logQuerySchema },
  answers: { 200: { description: LATEST, schema: channelDeliveryListSchema } },
  handler: listNotifications,
};

/** GET /v1/notifications/channels/:id/deliveries: what was sent by a channel, and what became of it. */
function listChannelDeliveries({ channels }: Pick<ApiStores, 'channels'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { id } = await loadChannel(c, channels);
    const { state } = readQuery(c, querySchema);
    const answer: ChannelDeliveryList = { deliveries: (await channels.deliveries(id, state)).map(toChannelDelivery) };
    return c.json(answer);
  };
}

export const listChannelDeliveriesRoute: Route = {
  method: 'get',
  path: '/v1/notifications/channels/:id/deliveries',
  operationId: 'listChannelDeliveries',
  tag: 'operations',
  summary: 'What was sent by a channel, and what became of it',
  description: DESCRIPTION,
  roles: CHANNEL_ROLES,
  request: { query: querySchema },
  answers: { 200: { description: LATEST, schema: channelDeliveryListSchema } },
  handler: listChannelDeliveries,
};

/** GET /v1/webhooks/:id/deliveries: as for any channel. */
function listDeliveries({ channels }: Pick<ApiStores, 'channels'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { id } = await loadChannel(c, channels, 'webhook');
    const { state } = readQuery(c, querySchema);
    const answer: DeliveryList = { deliveries: (await channels.deliveries(id, state)).map(toWebhookDelivery) };
    return c.json(answer);
  };
}

export const listDeliveriesRoute: Route = {
  method: 'get',
  path: '/v1/webhooks/:id/deliveries',
  operationId: 'listDeliveries',
  tag: 'operations',
  summary: 'What was sent to an address, and what became of it',
  description: DESCRIPTION,
  roles: CHANNEL_ROLES,
  request: { query: querySchema },
  answers: { 200: { description: LATEST, schema: deliveryListSchema } },
  handler: listDeliveries,
};
