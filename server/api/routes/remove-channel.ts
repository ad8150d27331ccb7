import type { Handler } from 'hono';
import { channelViewSchema } from '../../../domain/api/notification.js';
import { webhookViewSchema } from '../../../domain/api/webhook.js';
import type { ApiEnvironment } from '../environment.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';
import { CHANNEL_ROLES, loadChannel, toChannelView, toWebhookView } from '../channel-view.js';

const DESCRIPTION =
  'What was still to be sent is dead; its deliveries can still be read. Repeating it changes nothing.';

/** DELETE /v1/notifications/channels/:id: nothing more is sent there, not even what was on its way. */
function removeChannel({ channels }: Pick<ApiStores, 'channels'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { id } = await loadChannel(c, channels);
    return c.json(toChannelView(await channels.remove(id, c.get('principal').id)));
  };
}

export const removeChannelRoute: Route = {
  method: 'delete',
  path: '/v1/notifications/channels/:id',
  operationId: 'removeChannel',
  tag: 'operations',
  summary: 'Tell nothing more by a channel',
  description: DESCRIPTION,
  roles: CHANNEL_ROLES,
  answers: { 200: { description: 'The channel as it was, with the moment of its end.', schema: channelViewSchema } },
  handler: removeChannel,
};

/** DELETE /v1/webhooks/:id: as for any channel. */
function removeWebhook({ channels }: Pick<ApiStores, 'channels'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { id } = await loadChannel(c, channels, 'webhook');
    return c.json(toWebhookView(await channels.remove(id, c.get('principal').id)));
  };
}

export const removeWebhookRoute: Route = {
  method: 'delete',
  path: '/v1/webhooks/:id',
  operationId: 'removeWebhook',
  tag: 'operations',
  summary: 'Send nothing more to an address',
  description: DESCRIPTION,
  roles: CHANNEL_ROLES,
  answers: { 200: { description: 'The webhook as it was, with the moment of its end.', schema: webhookViewSchema } },
  handler: removeWebhook,
};
