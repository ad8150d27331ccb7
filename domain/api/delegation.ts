import { z } from 'zod';
import { momentField, nameField, plainTextField, principalField } from './fields.js';

/** From when (now, where it is left out) until when somebody signs in a role of the caller's. */
export const delegateSchema = z
  .strictObject({
    to: principalField,
    role: nameField,
    from: momentField.optional(),
    until: momentField,
    reason: plainTextField({ min: 10, max: 2000 }),
  })
  .meta({
    id: 'Delegate',
    examples: [{ to: 'mia', role: 'legal', until: '2026-12-24T00:00:00Z', reason: 'On leave until Christmas.' }],
  });
export type Delegate = z.infer<typeof delegateSchema>;

export const delegationViewSchema = z
  .object({
    id: z.string(),
    project: z.string(),
    delegator: z.string(),
    delegate: z.string(),
    role: z.string(),
    from: z.string(),
    until: z.string(),
    reason: z.string(),
    recordedAt: z.string(),
    revokedAt: z.string().nullable(),
  })
  .meta({ id: 'Delegation' });
export type DelegationView = z.infer<typeof delegationViewSchema>;

export const delegationListSchema = z
  .object({ delegations: z.array(delegationViewSchema) })
  .meta({ id: 'DelegationList' });
export type DelegationList = z.infer<typeof delegationListSchema>;
