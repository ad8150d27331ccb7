import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { channelListSchema, type ChannelList } from '../../../domain/api/notification.js';
import { webhookListSchema, type WebhookList } from '../../../domain/api/webhook.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf, requireRole } from '../permissions.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';
import { CHANNEL_ROLES, toChannelView, toWebhookView } from '../channel-view.js';

/** GET /v1/notifications/channels: where events of a project are told. */
function listChannels({ channels }: Pick<ApiStores, 'channels'>): Handler<ApiEnvironment> {
  return async (c) => {
    const project = projectOf(c);
    requireRole(c.get('principal'), project, CHANNEL_ROLES);
    const answer: ChannelList = { channels: (await channels.list(project)).map(toChannelView) };
    return c.json(answer);
  };
}

export const listChannelsRoute: Route = {
  method: 'get',
  path: '/v1/notifications/channels',
  operationId: 'listChannels',
  tag: 'operations',
  summary: 'Where events of a project are told',
  roles: CHANNEL_ROLES,
  request: { query: projectQuerySchema },
  answers: { 200: { description: 'The channels of every kind, oldest first.', schema: channelListSchema } },
  handler: listChannels,
};

/** GET /v1/webhooks: where events of a project are sent. */
function listWebhooks({ channels }: Pick<ApiStores, 'channels'>): Handler<ApiEnvironment> {
  return async (c) => {
    const project = projectOf(c);
    requireRole(c.get('principal'), project, CHANNEL_ROLES);
    const answer: WebhookList = { webhooks: (await channels.list(project, 'webhook')).map(toWebhookView) };
    return c.json(answer);
  };
}

export const listWebhooksRoute: Route = {
  method: 'get',
  path: '/v1/webhooks',
  operationId: 'listWebhooks',
  tag: 'operations',
  summary: 'Where events of a project are sent',
  roles: CHANNEL_ROLES,
  request: { query: projectQuerySchema },
  answers: { 200: { description: 'The webhooks, oldest first.', schema: webhookListSchema } },
  handler: listWebhooks,
};
