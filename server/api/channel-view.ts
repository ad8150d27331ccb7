import type { Context } from 'hono';
import type { ChannelDelivery, ChannelView } from '../../domain/api/notification.js';
import type { DeliveryView, WebhookView } from '../../domain/api/webhook.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { ChannelKind } from '../../domain/kernel/states.js';
import type { Channel, Delivery } from '../../db/stores/channels.js';
import type { ApiEnvironment } from './environment.js';
import { requireRole, requireVisible } from './permissions.js';
import type { ApiStores } from './stores.js';

/** Who may send what happens in a project to the outside, or see where it is sent. */
export const CHANNEL_ROLES = ['admin', 'ml-lead'] as const;

/** The channel of the address, of this kind where one is asked for. @throws LifecycleError NOT_FOUND; NOT_ALLOWED */
export async function loadChannel(
  c: Context<ApiEnvironment>,
  channels: ApiStores['channels'],
  kind?: ChannelKind,
): Promise<Channel> {
  const id = c.req.param('id') ?? '';
  const what = `${kind ?? 'channel'} ${id}`;
  const found = await channels.find(id);
  requireVisible(c.get('principal'), found?.project, what);
  requireRole(c.get('principal'), found?.project ?? '', CHANNEL_ROLES);
  if (found === undefined || (kind !== undefined && found.kind !== kind))
    throw new LifecycleError('NOT_FOUND', `There is no ${what}.`);
  return found;
}

export const toChannelView = ({ addedAt, removedAt, ...channel }: Channel): ChannelView => ({
  ...channel,
  addedAt: addedAt.toISOString(),
  removedAt: removedAt?.toISOString() ?? null,
});

export function toWebhookView(channel: Channel): WebhookView {
  const { kind: _kind, mailboxes: _mailboxes, people: _people, url, ...webhook } = toChannelView(channel);
  return { ...webhook, url: url ?? '' };
}

export const toChannelDelivery = (delivery: Delivery): ChannelDelivery => ({
  id: delivery.id,
  channel: delivery.channel,
  recipient: delivery.recipient,
  type: delivery.type,
  state: delivery.state,
  attempts: delivery.attempts,
  nextAttemptAt: delivery.state === 'pending' ? delivery.nextAttemptAt.toISOString() : null,
  lastStatus: delivery.lastStatus,
  lastError: delivery.lastError,
  createdAt: delivery.createdAt.toISOString(),
  settledAt: delivery.settledAt?.toISOString() ?? null,
});

export function toWebhookDelivery(delivery: Delivery): DeliveryView {
  const { channel: webhook, recipient: _recipient, ...view } = toChannelDelivery(delivery);
  return { ...view, webhook };
}
