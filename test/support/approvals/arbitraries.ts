import fc from 'fast-check';
import type { ApprovalPolicy, PolicyRole, PolicyStage } from '../../../domain/kernel/approval-policy.js';
import { hasStagesInOrder, policyFields } from '../../../domain/lifecycle-file/schema/policy-fields.js';
import { z } from 'zod';

export const PEOPLE = ['ada', 'ruth', 'leo', 'mia', 'zoe', 'kim'] as const;
export const SERVICE = 'robot';
export const SIGNERS = [...PEOPLE, SERVICE] as const;
/** `ml-lead` is asked for by nobody, and signs in the place of others. */
export const ROLES = ['risk', 'legal', 'ml-lead'] as const;
const ASKED = ['risk', 'legal'] as const;

const policyFile = z.strictObject(policyFields).refine(hasStagesInOrder.holds, hasStagesInOrder);

const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

function roleOf(role: string): fc.Arbitrary<PolicyRole> {
  return fc
    .record({
      count: fc.constantFrom(0, 1, 1, 1, 2),
      people: sometimes(fc.subarray([...PEOPLE], { minLength: 3 })),
      services: sometimes(fc.constant<string[]>([SERVICE])),
      veto: sometimes(fc.boolean()),
      escalate: sometimes(fc.constantFrom('1d', '2d').map((after) => [{ after, to: 'ml-lead' }])),
    })
    .map(({ count, ...fields }) => ({ role, count, ...defined(fields) }));
}

function stageOf(name: string, before: readonly string[]): fc.Arbitrary<PolicyStage> {
  const roles = fc
    .subarray([...ASKED], { minLength: 1 })
    .chain((chosen) => fc.tuple(...chosen.map((role) => roleOf(role))));
  const after = before.length === 0 ? fc.constant(undefined) : sometimes(fc.subarray([...before], { minLength: 1 }));
  return fc
    .record({ roles, after, quorum: sometimes(fc.integer({ min: 1, max: 3 })) })
    .map(({ roles: asked, after: waits, quorum }) => ({ name, roles: asked, ...defined({ after: waits, quorum }) }));
}

/** Policies as a file may hold them. */
export const policies: fc.Arbitrary<ApprovalPolicy> = fc
  .record({
    stages: fc.oneof(
      { weight: 3, arbitrary: fc.tuple(stageOf('a', [])) },
      { weight: 2, arbitrary: fc.tuple(stageOf('a', []), stageOf('b', ['a'])) },
      // Whatever their order in the file.
      { weight: 1, arbitrary: fc.tuple(stageOf('b', ['a']), stageOf('a', [])) },
    ),
    fourEyes: fc
      .record({
        excludeRequester: fc.constantFrom(true, true, true, false),
        excludeTrainer: sometimes(fc.boolean()),
        excludeDataAuthors: sometimes(fc.boolean()),
        excludeRecipeAuthors: sometimes(fc.boolean()),
      })
      .map(({ excludeRequester, ...others }) => ({ excludeRequester, ...defined(others) })),
    distinctPeople: fc.constantFrom(true, true, false),
    delegation: sometimes(fc.boolean()),
  })
  .map(({ delegation, ...fields }) => {
    const head = { name: 'drawn', version: 1, waivers: { role: 'legal' } };
    return { ...head, ...fields, ...defined({ delegation }) };
  })
  .filter((policy) => policyFile.safeParse(policy).success);

/** What is left out is left out, as in a file. */
const defined = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
