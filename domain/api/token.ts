import { z } from 'zod';
import { nameField, plainTextField } from './fields.js';

const apiScopes = z
  .array(z.enum(['read', 'write', 'approve']))
  .min(1)
  .max(3);
const MOST_DAYS = 365;

/** `scopes`: `gateway` stands alone, for a token that asks models; `for`: a service, by an admin of the installation. */
export const createTokenSchema = z
  .strictObject({
    label: plainTextField({ min: 1, max: 100 }),
    scopes: z.union([apiScopes, z.tuple([z.literal('gateway')])]),
    expiresInDays: z.number().int().min(1).max(MOST_DAYS).default(90),
    for: nameField.optional(),
  })
  .meta({ id: 'CreateToken', examples: [{ label: 'laptop', scopes: ['read', 'write'], expiresInDays: 30 }] });

export type CreateToken = z.input<typeof createTokenSchema>;

const tokenFields = {
  id: z.string(),
  principal: z.string(),
  label: z.string(),
  scopes: z.array(z.string()),
  expiresAt: z.string(),
};

/** `token` is shown this once. */
export const createdTokenSchema = z.object({ ...tokenFields, token: z.string() }).meta({ id: 'CreatedToken' });
export type CreatedToken = z.infer<typeof createdTokenSchema>;

export const tokenListSchema = z
  .object({
    tokens: z.array(
      z.object({
        ...tokenFields,
        createdAt: z.string(),
        /** To the minute. */
        lastUsedAt: z.string().nullable(),
        /** Whether it is the one that asks. */
        isThis: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'TokenList' });
export type TokenList = z.infer<typeof tokenListSchema>;

/** `principal`: a service, for an admin of the installation. */
export const tokenQuerySchema = z.strictObject({ principal: nameField.optional() });

export const revokedTokenSchema = z.object({ id: z.string() }).meta({ id: 'RevokedToken' });
