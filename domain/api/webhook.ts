import { z } from 'zod';
import { DELIVERY_STATES } from '../kernel/states.js';
import { ONE_REFERENCE } from '../secrets/reference.js';
import { NOTIFIED_EVENTS, TEST_EVENT } from '../notifications/events.js';

export const urlField = z
  .url({ protocol: /^https?$/, error: 'must be an https address' })
  .max(2000)
  .refine((text) => !/^https?:\/\/[^/]*@/i.test(text), 'must not hold a user or a password');

export const referenceField = z
  .string()
  .max(200)
  .regex(ONE_REFERENCE, 'must be a reference, ${secret:NAME}: the value stays on the worker');

export const secretsField = z.array(referenceField).min(1).max(2);

/** `secrets`: references, one, or two while receivers change over; what is sent is signed with each. */
export const addWebhookSchema = z
  .strictObject({
    url: urlField,
    events: z.array(z.enum(NOTIFIED_EVENTS)).min(1).max(50),
    secrets: secretsField,
  })
  .meta({
    id: 'AddWebhook',
    examples: [
      {
        url: 'https://hooks.example.com/assay',
        events: ['run.finished', 'approval.opened'],
        secrets: ['${secret:hooks}'],
      },
    ],
  });
export type AddWebhook = z.infer<typeof addWebhookSchema>;

export const changeSecretsSchema = z
  .strictObject({ secrets: secretsField })
  .meta({ id: 'ChangeSecrets', examples: [{ secrets: ['${secret:hooks-2027}', '${secret:hooks}'] }] });

export const webhookViewSchema = z
  .object({
    id: z.string(),
    project: z.string(),
    url: z.string(),
    events: z.array(z.string()),
    secrets: z.array(z.string()),
    addedBy: z.string(),
    addedAt: z.string(),
    removedAt: z.string().nullable(),
  })
  .meta({ id: 'Webhook' });
export type WebhookView = z.infer<typeof webhookViewSchema>;

export const webhookListSchema = z.object({ webhooks: z.array(webhookViewSchema) }).meta({ id: 'WebhookList' });
export type WebhookList = z.infer<typeof webhookListSchema>;

/** How far a message has come, whatever it is sent by. */
export const deliveryProgress = {
  type: z.string(),
  state: z.enum(DELIVERY_STATES),
  attempts: z.number().int(),
  nextAttemptAt: z.string().nullable(),
  lastStatus: z.number().int().nullable(),
  lastError: z.string().nullable(),
  createdAt: z.string(),
  settledAt: z.string().nullable(),
};

/** `id` is the `webhook-id` that the receiver sees, the same at every attempt. `dead`: it is not tried again by itself. */
export const deliveryViewSchema = z
  .object({ id: z.string(), webhook: z.string(), ...deliveryProgress })
  .meta({ id: 'WebhookDelivery' });
export type DeliveryView = z.infer<typeof deliveryViewSchema>;

export const deliveryListSchema = z
  .object({ deliveries: z.array(deliveryViewSchema) })
  .meta({ id: 'WebhookDeliveryList' });
export type DeliveryList = z.infer<typeof deliveryListSchema>;

/** What is sent to a webhook: `data` holds ids, states, digests and counts. */
export const webhookMessageSchema = z
  .object({
    type: z.enum([...NOTIFIED_EVENTS, TEST_EVENT]),
    /** The moment of the event. */
    timestamp: z.string(),
    /** `id` is the id of what changed. */
    data: z.looseObject({ project: z.string(), id: z.string() }),
  })
  .meta({
    id: 'WebhookMessage',
    examples: [
      {
        type: 'run.finished',
        timestamp: '2026-11-30T21:34:29.878655Z',
        data: { project: 'default', id: 'run-1', name: 'email-triage', status: 'succeeded' },
      },
    ],
  });
