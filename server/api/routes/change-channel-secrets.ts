import type { Handler } from 'hono';
import { channelViewSchema } from '../../../domain/api/notification.js';
import { changeSecretsSchema, webhookViewSchema } from '../../../domain/api/webhook.js';
import type { ApiEnvironment } from '../environment.js';
import { readBody } from '../read-request.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';
import { CHANNEL_ROLES, loadChannel, toChannelView, toWebhookView } from '../channel-view.js';

/** POST /v1/notifications/channels/:id/secrets: from the next attempt on, these count. */
function changeChannelSecrets({ channels }: Pick<ApiStores, 'channels'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { id } = await loadChannel(c, channels);
    const { secrets } = await readBody(c, changeSecretsSchema);
    return c.json(toChannelView(await channels.changeSecrets(id, secrets, c.get('principal').id)));
  };
}

export const changeChannelSecretsRoute: Route = {
  method: 'post',
  path: '/v1/notifications/channels/:id/secrets',
  operationId: 'changeChannelSecrets',
  tag: 'operations',
  summary: 'Use other secrets from the next attempt on',
  description: 'What a webhook signs with, or the address of Slack. A channel of e-mail has none.',
  roles: CHANNEL_ROLES,
  request: { body: changeSecretsSchema },
  answers: { 200: { description: 'The channel with its secrets by name.', schema: channelViewSchema } },
  handler: changeChannelSecrets,
};

/** POST /v1/webhooks/:id/secrets: from the next attempt on, messages are signed with these. */
function changeWebhookSecrets({ channels }: Pick<ApiStores, 'channels'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { id } = await loadChannel(c, channels, 'webhook');
    const { secrets } = await readBody(c, changeSecretsSchema);
    return c.json(toWebhookView(await channels.changeSecrets(id, secrets, c.get('principal').id)));
  };
}

export const changeWebhookSecretsRoute: Route = {
  method: 'post',
  path: '/v1/webhooks/:id/secrets',
  operationId: 'changeWebhookSecrets',
  tag: 'operations',
  summary: 'Sign with other secrets from the next attempt on',
  description: 'With the new one and the old one every message has two signatures, until receivers know the new one.',
  roles: CHANNEL_ROLES,
  request: { body: changeSecretsSchema },
  answers: { 200: { description: 'The webhook with its secrets by name.', schema: webhookViewSchema } },
  handler: changeWebhookSecrets,
};
