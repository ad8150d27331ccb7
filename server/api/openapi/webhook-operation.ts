import { webhookMessageSchema } from '../../../domain/api/webhook.js';
import type { Components, JsonSchema } from './components.js';

const header = (name: string, description: string, example: string): JsonSchema => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
  example,
});

/** What a webhook's receiver is asked, as Standard Webhooks say. */
export const webhookOperation = (components: Components): JsonSchema => ({
  operationId: 'receiveEvent',
  tags: ['operations'],
  summary: 'What a receiver is told of an event, at least once',
  security: [],
  parameters: [
    header('webhook-id', 'The same at every attempt.', '9dfacea4-1ff2-470e-96cb-e75a2631046b'),
    header('webhook-timestamp', 'When it was sent, in Unix seconds.', '1796074471'),
    header(
      'webhook-signature',
      'HMAC-SHA256 over id, timestamp and body, joined by full stops; one for each secret.',
      'v1,lbVlHwBbPLjx9sNPxX8WeyAoJz8lXU5Z3IoPIYdV0e4=',
    ),
  ],
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: components.refer(webhookMessageSchema, { as: 'answered', where: 'the message of a webhook' }),
      },
    },
  },
  responses: {
    '2XX': { description: 'It has arrived.' },
    '410': { description: 'Nobody is there any more: it is not sent again.' },
    default: { description: 'It is sent again by the schedule.' },
  },
});
