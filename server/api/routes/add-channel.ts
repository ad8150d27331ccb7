import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { addChannelSchema, channelViewSchema } from '../../../domain/api/notification.js';
import { addWebhookSchema, webhookViewSchema } from '../../../domain/api/webhook.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf, requireRole } from '../permissions.js';
import { readBody } from '../read-request.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';
import { CHANNEL_ROLES, toChannelView, toWebhookView } from '../channel-view.js';

const HEARS = 'It hears of what happens from now on.';

/** POST /v1/notifications/channels: from now on, events of the project are told there. */
function addChannel({ channels }: Pick<ApiStores, 'channels'>): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const project = projectOf(c);
    requireRole(principal, project, CHANNEL_ROLES);
    const asked = await readBody(c, addChannelSchema);
    return c.json(toChannelView(await channels.add({ ...asked, project, by: principal.id })), 201);
  };
}

export const addChannelRoute: Route = {
  method: 'post',
  path: '/v1/notifications/channels',
  operationId: 'addChannel',
  tag: 'operations',
  summary: 'Tell events of a project by e-mail, in Slack or to a webhook',
  description:
    'A message to people names the model, the digest, the deadline and a link; it holds no evidence, and neither it nor ' +
    'the link decides anything. One channel of a project may send people mail of their own.',
  roles: CHANNEL_ROLES,
  request: { query: projectQuerySchema, body: addChannelSchema },
  answers: { 201: { description: HEARS, schema: channelViewSchema } },
  handler: addChannel,
};

/** POST /v1/webhooks: from now on, events of the project are sent to an address. */
function addWebhook({ channels }: Pick<ApiStores, 'channels'>): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const project = projectOf(c);
    requireRole(principal, project, CHANNEL_ROLES);
    const asked = await readBody(c, addWebhookSchema);
    const added = await channels.add({ ...asked, kind: 'webhook', project, by: principal.id });
    return c.json(toWebhookView(added), 201);
  };
}

export const addWebhookRoute: Route = {
  method: 'post',
  path: '/v1/webhooks',
  operationId: 'addWebhook',
  tag: 'operations',
  summary: 'Send events of a project to an address, signed',
  description:
    'What is sent holds ids and states, and is signed as Standard Webhooks say with each of the secrets, which are ' +
    'references that the worker resolves. It comes at least once; `webhook-id` is the same at every attempt.',
  roles: CHANNEL_ROLES,
  request: { query: projectQuerySchema, body: addWebhookSchema },
  answers: { 201: { description: HEARS, schema: webhookViewSchema } },
  handler: addWebhook,
};
