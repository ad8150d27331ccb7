import { z } from 'zod';
import { whyNoExpression } from '../../approvals/automatic.js';
import type { PolicyRole, PolicyStage } from '../../kernel/approval-policy.js';
import { DURATION_PATTERN, parseDuration } from '../../kernel/units/duration.js';
import { count, name, principals } from './fields.js';
import { isWithoutRepeats } from './rules.js';

const once = { error: isWithoutRepeats.error };
const flag = (description: string, example: boolean) => z.boolean().meta({ description, examples: [example] });

/** A duration above zero that is kept as it was written: a policy is signed as people read it. */
const writtenDuration = z
  .string()
  .regex(DURATION_PATTERN, { error: 'Write a whole number and a unit (ms, s, m, h, d), e.g. 10m, 7d.' })
  .refine((written) => !DURATION_PATTERN.test(written) || parseDuration(written) > 0, {
    error: 'Write a duration above zero.',
  });

const named = (description: string) =>
  principals.exactOptional().meta({ description, examples: [['ruth', 'leo', 'mia']] });

const role = z.strictObject({
  role: name.meta({ description: 'A role that people hold in the project.', examples: ['risk'] }),
  count: count(0, 100).meta({
    description: 'How many people of the role have to sign; 0 where they may, and need not, for the quorum.',
    examples: [1],
  }),
  people: named('Only these may sign in the role: with `count: 2`, two of three.'),
  services: named('Services that may sign in the role; without this, none.'),
  veto: flag('Whether one no in this role rejects; yes where it is left out.', true).exactOptional(),
  escalate: z
    .array(
      z.strictObject({
        after: writtenDuration.meta({ description: 'Since the request was opened.', examples: ['2d'] }),
        to: name.meta({ description: 'Who may then sign in the place of the role.', examples: ['ml-lead'] }),
      }),
    )
    .min(1)
    .max(10)
    .exactOptional()
    .describe('A chain: who may sign in its place when nobody of the role has.'),
});

const stage = z
  .strictObject({
    name: name.meta({ description: 'The name of the stage.', examples: ['release'] }),
    after: z
      .array(name)
      .min(1)
      .refine(isWithoutRepeats.holds, once)
      .exactOptional()
      .meta({
        description: 'Stages that have to be met first; stages without it run side by side.',
        examples: [['risk']],
      }),
    quorum: count(1, 100)
      .exactOptional()
      .meta({ description: 'How many have to sign in all its roles together.', examples: [2] }),
    roles: z
      .array(role)
      .min(1)
      .refine((roles) => isWithoutRepeats.holds(roles.map((each) => each.role)), once)
      .describe('Who has to sign at this stage.'),
  })
  .refine(asksSomebody, {
    error: 'This stage would let everything out: ask for one person at least, and write 0 only beside a quorum.',
  })
  .refine(({ roles }) => roles.every(hasEnoughPeople), { error: 'Fewer people are named than have to sign.' });

export const policyFields = {
  name: name.meta({ description: 'The name of the policy.', examples: ['two-person'] }),
  version: count(1).meta({ description: 'Counts up when the policy changes.', examples: [1] }),
  stages: z
    .array(stage)
    .min(1, { error: 'A policy without stages would let everything out.' })
    .max(20)
    .refine((stages) => isWithoutRepeats.holds(stages.map((each) => each.name)), once)
    .describe('The stages of signing, all of which have to be met.'),
  fourEyes: z
    .strictObject({
      excludeRequester: flag('Whether who requested the run may not sign for it.', true),
      excludeTrainer: flag('Whether who had the model trained may not sign for it.', true).exactOptional(),
      excludeDataAuthors: flag('Whether authors of the data may not sign for it.', true).exactOptional(),
      excludeRecipeAuthors: flag('Whether authors of the recipe may not sign for it.', true).exactOptional(),
    })
    .describe('Nobody releases alone.'),
  distinctPeople: flag('Whether a person who has signed in one role may sign in no other.', true),
  waivers: z
    .strictObject({
      role: name.meta({ description: 'The role that may waive an answer that blocks.', examples: ['legal'] }),
    })
    .describe('Who may make an exception.'),
  delegation: flag('Whether people may let others sign for them; yes where it is left out.', false).exactOptional(),
  reminders: z
    .array(count(1, 99))
    .max(10)
    .refine(isWithoutRepeats.holds, once)
    .exactOptional()
    .meta({
      description: 'Per cent of the time at which those who are missing are reminded.',
      default: [50, 90],
      examples: [[50, 90]],
    }),
  automatic: z
    .strictObject({
      when: z
        .string()
        .superRefine((when, context) => {
          const flaw = whyNoExpression(when);
          if (flaw !== null) context.addIssue({ code: 'custom', message: flaw });
        })
        .meta({
          description: 'A condition in CEL under which nobody has to sign; what it cannot answer, people do.',
          examples: ['risk == "low" && gates.all(g, g.verdict == "pass")'],
        }),
    })
    .exactOptional()
    .describe('What goes out without people.'),
  reauthenticate: writtenDuration.exactOptional().meta({
    description: 'Since when, at the longest, a signer must have proved who they are.',
    examples: ['15m'],
  }),
  validity: z
    .strictObject({
      for: writtenDuration.meta({ description: 'How long the approval holds after the release.', examples: ['180d'] }),
      whenEnded: z.enum(['alarm', 'stop']).meta({
        description: 'Whether people are told, or the version is no longer served either.',
        examples: ['alarm'],
      }),
    })
    .exactOptional()
    .describe('When the approval has to be renewed.'),
};

/** A stage waits for others of the policy, and not for itself by any way. */
export const hasStagesInOrder = {
  holds: ({ stages }: { stages: PolicyStage[] }): boolean => {
    const met = new Set<string>();
    for (const _ of stages)
      for (const { name: each, after = [] } of stages) if (after.every((other) => met.has(other))) met.add(each);
    return met.size === stages.length;
  },
  error: 'A stage waits for one that is not there, or for itself.',
  path: ['stages'],
};

function asksSomebody({ roles, quorum }: PolicyStage): boolean {
  return quorum !== undefined || roles.every(({ count: each }) => each >= 1);
}

function hasEnoughPeople({ count: each, people, services = [] }: PolicyRole): boolean {
  return people === undefined || people.length + services.length >= each;
}
