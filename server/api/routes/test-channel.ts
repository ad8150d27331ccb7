import type { Handler } from 'hono';
import { channelDeliverySchema } from '../../../domain/api/notification.js';
import { deliveryViewSchema } from '../../../domain/api/webhook.js';
import type { ApiEnvironment } from '../environment.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';
import { CHANNEL_ROLES, loadChannel, toChannelDelivery, toWebhookDelivery } from '../channel-view.js';

const ON_ITS_WAY = 'The message is on its way.';

/** POST /v1/notifications/channels/:id/tests: sends a message that tells of nothing. */
function testChannel({ channels }: Pick<ApiStores, 'channels'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { id } = await loadChannel(c, channels);
    return c.json(toChannelDelivery(await channels.test(id, c.get('principal').id)), 202);
  };
}

export const testChannelRoute: Route = {
  method: 'post',
  path: '/v1/notifications/channels/:id/tests',
  operationId: 'testChannel',
  tag: 'operations',
  summary: 'Send a message that tells of nothing, to try a channel',
  description:
    'By e-mail it goes to the mailboxes, and where people get mail of their own, to the address of who asks.',
  roles: CHANNEL_ROLES,
  answers: { 202: { description: ON_ITS_WAY, schema: channelDeliverySchema } },
  handler: testChannel,
};

/** POST /v1/webhooks/:id/tests: as for any channel. */
function testWebhook({ channels }: Pick<ApiStores, 'channels'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { id } = await loadChannel(c, channels, 'webhook');
    return c.json(toWebhookDelivery(await channels.test(id, c.get('principal').id)), 202);
  };
}

export const testWebhookRoute: Route = {
  method: 'post',
  path: '/v1/webhooks/:id/tests',
  operationId: 'testWebhook',
  tag: 'operations',
  summary: 'Send a message that tells of nothing, to try an address',
  roles: CHANNEL_ROLES,
  answers: { 202: { description: ON_ITS_WAY, schema: deliveryViewSchema } },
  handler: testWebhook,
};
