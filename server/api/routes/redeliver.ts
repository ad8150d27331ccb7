import type { Context, Handler } from 'hono';
import { channelDeliverySchema } from '../../../domain/api/notification.js';
import { deliveryViewSchema } from '../../../domain/api/webhook.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { ChannelKind } from '../../../domain/kernel/states.js';
import type { Delivery } from '../../../db/stores/channels.js';
import type { ApiEnvironment } from '../environment.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';
import { CHANNEL_ROLES, loadChannel, toChannelDelivery, toWebhookDelivery } from '../channel-view.js';

const DELIVERY_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const AGAIN = 'The message is on its way again.';

async function sendAgain(
  c: Context<ApiEnvironment>,
  channels: ApiStores['channels'],
  kind?: ChannelKind,
): Promise<Delivery> {
  const { id } = await loadChannel(c, channels, kind);
  const delivery = c.req.param('delivery') ?? '';
  if (!DELIVERY_ID.test(delivery)) throw new LifecycleError('NOT_FOUND', `${id} has no delivery ${delivery}.`);
  return channels.redeliver(id, delivery, c.get('principal').id);
}

/** POST /v1/notifications/channels/:id/deliveries/:delivery/redeliveries: sends a message again, under the same id. */
const redeliverNotification =
  ({ channels }: Pick<ApiStores, 'channels'>): Handler<ApiEnvironment> =>
  async (c) =>
    c.json(toChannelDelivery(await sendAgain(c, channels)), 202);

export const redeliverNotificationRoute: Route = {
  method: 'post',
  path: '/v1/notifications/channels/:id/deliveries/:delivery/redeliveries',
  operationId: 'redeliverNotification',
  tag: 'operations',
  summary: 'Send a message of a channel again, also one that had arrived',
  description: 'It keeps its id: the `webhook-id` of a webhook, the Message-ID of a mail.',
  roles: CHANNEL_ROLES,
  answers: { 202: { description: AGAIN, schema: channelDeliverySchema } },
  handler: redeliverNotification,
};

/** POST /v1/webhooks/:id/deliveries/:delivery/redeliveries: as for any channel. */
const redeliver =
  ({ channels }: Pick<ApiStores, 'channels'>): Handler<ApiEnvironment> =>
  async (c) =>
    c.json(toWebhookDelivery(await sendAgain(c, channels, 'webhook')), 202);

export const redeliverRoute: Route = {
  method: 'post',
  path: '/v1/webhooks/:id/deliveries/:delivery/redeliveries',
  operationId: 'redeliver',
  tag: 'operations',
  summary: 'Send a message again, also one that had arrived',
  description: 'It keeps its `webhook-id`: a receiver that has dealt with it can tell.',
  roles: CHANNEL_ROLES,
  answers: { 202: { description: AGAIN, schema: deliveryViewSchema } },
  handler: redeliver,
};
