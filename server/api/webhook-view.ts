import type { Context } from 'hono';
import type { DeliveryView, WebhookView } from '../../domain/api/webhook.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { Webhook, WebhookDelivery } from '../../db/stores/webhooks.js';
import type { ApiEnvironment } from './environment.js';
import { requireRole, requireVisible } from './permissions.js';
import type { ApiStores } from './stores.js';

/** Who may send what happens in a project to the outside, or see where it is sent. */
export const WEBHOOK_ROLES = ['admin', 'ml-lead'] as const;

/** The webhook of the address. @throws LifecycleError NOT_FOUND; NOT_ALLOWED */
export async function loadWebhook(c: Context<ApiEnvironment>, webhooks: ApiStores['webhooks']): Promise<Webhook> {
  const id = c.req.param('id') ?? '';
  const found = await webhooks.find(id);
  requireVisible(c.get('principal'), found?.project, `webhook ${id}`);
  requireRole(c.get('principal'), found?.project ?? '', WEBHOOK_ROLES);
  if (found === undefined) throw new LifecycleError('NOT_FOUND', `There is no webhook ${id}.`);
  return found;
}

export const toWebhookView = ({ addedAt, removedAt, ...webhook }: Webhook): WebhookView => ({
  ...webhook,
  addedAt: addedAt.toISOString(),
  removedAt: removedAt?.toISOString() ?? null,
});

export const toDeliveryView = (delivery: WebhookDelivery): DeliveryView => ({
  id: delivery.id,
  webhook: delivery.webhook,
  type: delivery.type,
  state: delivery.state,
  attempts: delivery.attempts,
  nextAttemptAt: delivery.state === 'pending' ? delivery.nextAttemptAt.toISOString() : null,
  lastStatus: delivery.lastStatus,
  lastError: delivery.lastError,
  createdAt: delivery.createdAt.toISOString(),
  settledAt: delivery.settledAt?.toISOString() ?? null,
});
