import { z } from 'zod';
import { policyFields } from '../lifecycle-file/schema/policy-fields.js';
import { REQUEST_STATES } from '../kernel/states.js';
import { digestField } from './fields.js';

/** A policy as it is bound by value. */
export const policySchema = z.object({
  name: z.string(),
  version: z.number(),
  stages: z.array(
    z.object({
      name: z.string(),
      after: z.array(z.string()).exactOptional(),
      quorum: z.number().exactOptional(),
      roles: z.array(
        z.object({
          role: z.string(),
          count: z.number(),
          people: z.array(z.string()).exactOptional(),
          services: z.array(z.string()).exactOptional(),
          veto: z.boolean().exactOptional(),
          escalate: z.array(z.object({ after: z.string(), to: z.string() })).exactOptional(),
        }),
      ),
    }),
  ),
  fourEyes: z.object({
    excludeRequester: z.boolean(),
    excludeTrainer: z.boolean().exactOptional(),
    excludeDataAuthors: z.boolean().exactOptional(),
    excludeRecipeAuthors: z.boolean().exactOptional(),
  }),
  distinctPeople: z.boolean(),
  waivers: z.object({ role: z.string() }),
  delegation: z.boolean().exactOptional(),
  reminders: z.array(z.number()).exactOptional(),
  automatic: z.object({ when: z.string() }).exactOptional(),
  reauthenticate: z.string().exactOptional(),
  validity: z.object({ for: z.string(), whenEnded: z.enum(['alarm', 'stop']) }).exactOptional(),
});

export const policyListSchema = z
  .object({
    policies: z.array(
      z.object({
        name: z.string(),
        version: z.number(),
        digest: digestField,
        policy: policySchema,
        recordedBy: z.string(),
        recordedAt: z.string(),
      }),
    ),
  })
  .meta({ id: 'PolicyList' });
export type PolicyList = z.infer<typeof policyListSchema>;

/** A policy to try on what people were asked before. */
export const tryPolicySchema = z
  .strictObject({ policy: z.strictObject(policyFields), limit: z.number().int().min(1).max(200).optional() })
  .meta({
    id: 'TryPolicy',
    examples: [
      {
        policy: {
          name: 'two-person',
          version: 2,
          stages: [{ name: 'release', roles: [{ role: 'risk', count: 2 }] }],
          fourEyes: { excludeRequester: true },
          distinctPeople: true,
          waivers: { role: 'legal' },
        },
      },
    ],
  });
export type TryPolicy = z.infer<typeof tryPolicySchema>;

/** What a policy would have said of each request that people were asked before; nothing is written. */
export const triedPolicySchema = z
  .object({
    requests: z.array(
      z.object({
        requestId: z.string(),
        runId: z.string(),
        /** What became of it. */
        state: z.enum(REQUEST_STATES),
        /** What the same signatures would have come to. */
        wouldBe: z.enum(['pending', 'approved', 'rejected', 'changes-requested']),
        missing: z.array(z.object({ stage: z.string(), role: z.string(), count: z.number() })),
        /** Who signed and would not have counted. */
        discounted: z.array(z.object({ principal: z.string(), role: z.string(), reason: z.string() })),
        /** Whether it would have gone out by itself; null where the policy has no such condition. */
        automatic: z.object({ holds: z.boolean(), reason: z.string() }).nullable(),
      }),
    ),
  })
  .meta({ id: 'TriedPolicy' });
export type TriedPolicy = z.infer<typeof triedPolicySchema>;
