import type { ChannelDelivery } from '../domain/api/notification.js';
import { plainText } from './plain-text.js';

/** What became of a message, as a row of a table. */
export const deliveryRow = (
  delivery: Omit<ChannelDelivery, 'channel' | 'recipient'> & Partial<Pick<ChannelDelivery, 'recipient'>>,
): string[] => {
  const { id, recipient, type, state, attempts, lastStatus, lastError, nextAttemptAt } = delivery;
  return [
    id,
    type,
    ...(recipient === undefined ? [] : [plainText(recipient.replace(/^(?:mailbox|person):/, ''))]),
    state,
    attempts === 1 ? '1 attempt' : `${attempts} attempts`,
    lastError ?? String(lastStatus ?? ''),
    nextAttemptAt === null || attempts === 0 ? '' : `again at ${nextAttemptAt}`,
  ];
};
