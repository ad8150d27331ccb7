import { z } from 'zod';
import { CHANNEL_KINDS } from '../kernel/states.js';
import { emailField } from '../notifications/email-field.js';
import { EVENTS_FOR_PEOPLE, NOTIFIED_EVENTS } from '../notifications/events.js';
import { deliveryProgress, referenceField, secretsField, urlField } from './webhook.js';

const eventsField = z.array(z.enum(NOTIFIED_EVENTS)).min(1).max(50);
/** What waits for somebody, and how it ended. */
const eventsForPeople = eventsField.default([...EVENTS_FOR_PEOPLE]);

/**
 * `webhook`: an address and what messages to it are signed with. `slack`: the address of an incoming webhook, as a
 * reference, since it is a secret. `email`: mailboxes, and with `people` those that something waits for, at the addresses
 * that they set themselves.
 */
export const addChannelSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('webhook'), url: urlField, secrets: secretsField, events: eventsField }),
    z.strictObject({ kind: z.literal('slack'), secrets: z.tuple([referenceField]), events: eventsForPeople }),
    z
      .strictObject({
        kind: z.literal('email'),
        mailboxes: z.array(emailField).max(20).default([]),
        people: z.boolean().default(true),
        events: eventsForPeople,
      })
      .refine(({ mailboxes, people }) => people || mailboxes.length > 0, {
        error: 'Name a mailbox where people get no mail of their own.',
        path: ['mailboxes'],
      }),
  ])
  .meta({ id: 'AddChannel', examples: [{ kind: 'email', mailboxes: ['ml-team@example.com'] }] });
export type AddChannel = z.input<typeof addChannelSchema>;

export const channelViewSchema = z
  .object({
    id: z.string(),
    project: z.string(),
    kind: z.enum(CHANNEL_KINDS),
    url: z.string().nullable(),
    mailboxes: z.array(z.string()),
    people: z.boolean(),
    events: z.array(z.string()),
    secrets: z.array(z.string()),
    addedBy: z.string(),
    addedAt: z.string(),
    removedAt: z.string().nullable(),
  })
  .meta({ id: 'Channel' });
export type ChannelView = z.infer<typeof channelViewSchema>;

export const channelListSchema = z.object({ channels: z.array(channelViewSchema) }).meta({ id: 'ChannelList' });
export type ChannelList = z.infer<typeof channelListSchema>;

/**
 * `recipient`: empty for the channel itself, else `mailbox:` and an address, or `person:` and who. `id` is the same at
 * every attempt: the `webhook-id` of a webhook, the Message-ID of a mail. `dead`: it is not tried again by itself.
 */
export const channelDeliverySchema = z
  .object({ id: z.string(), channel: z.string(), recipient: z.string(), ...deliveryProgress })
  .meta({ id: 'ChannelDelivery' });
export type ChannelDelivery = z.infer<typeof channelDeliverySchema>;

export const channelDeliveryListSchema = z
  .object({ deliveries: z.array(channelDeliverySchema) })
  .meta({ id: 'ChannelDeliveryList' });
export type ChannelDeliveryList = z.infer<typeof channelDeliveryListSchema>;

/** `email`: null takes the address away. */
export const changeAddressSchema = z
  .strictObject({ email: emailField.nullable() })
  .meta({ id: 'ChangeAddress', examples: [{ email: 'ruth@example.com' }] });

export const addressViewSchema = z
  .object({ principal: z.string(), email: z.string().nullable() })
  .meta({ id: 'NotificationAddress' });
export type AddressView = z.infer<typeof addressViewSchema>;
