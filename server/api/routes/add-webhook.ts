import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { addWebhookSchema, webhookViewSchema } from '../../../domain/api/webhook.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf, requireRole } from '../permissions.js';
import { readBody } from '../read-request.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';
import { WEBHOOK_ROLES, toWebhookView } from '../webhook-view.js';

/** POST /v1/webhooks: from now on, events of the project are sent to an address. */
function addWebhook({ webhooks }: Pick<ApiStores, 'webhooks'>): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const project = projectOf(c);
    requireRole(principal, project, WEBHOOK_ROLES);
    const asked = await readBody(c, addWebhookSchema);
    return c.json(toWebhookView(await webhooks.add({ ...asked, project, by: principal.id })), 201);
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
  roles: WEBHOOK_ROLES,
  request: { query: projectQuerySchema, body: addWebhookSchema },
  answers: { 201: { description: 'It hears of what happens from now on.', schema: webhookViewSchema } },
  handler: addWebhook,
};
