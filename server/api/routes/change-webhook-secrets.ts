import type { Handler } from 'hono';
import { changeSecretsSchema, webhookViewSchema } from '../../../domain/api/webhook.js';
import type { ApiEnvironment } from '../environment.js';
import { readBody } from '../read-request.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';
import { WEBHOOK_ROLES, loadWebhook, toWebhookView } from '../webhook-view.js';

/** POST /v1/webhooks/:id/secrets: from the next attempt on, messages are signed with these. */
function changeWebhookSecrets({ webhooks }: Pick<ApiStores, 'webhooks'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { id } = await loadWebhook(c, webhooks);
    const { secrets } = await readBody(c, changeSecretsSchema);
    return c.json(toWebhookView(await webhooks.changeSecrets(id, secrets, c.get('principal').id)));
  };
}

export const changeWebhookSecretsRoute: Route = {
  method: 'post',
  path: '/v1/webhooks/:id/secrets',
  operationId: 'changeWebhookSecrets',
  tag: 'operations',
  summary: 'Sign with other secrets from the next attempt on',
  description: 'With the new one and the old one every message has two signatures, until receivers know the new one.',
  roles: WEBHOOK_ROLES,
  request: { body: changeSecretsSchema },
  answers: { 200: { description: 'The webhook with its secrets by name.', schema: webhookViewSchema } },
  handler: changeWebhookSecrets,
};
