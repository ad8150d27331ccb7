import fc from 'fast-check';
import { FORGERIES } from './forge.js';
import type { Word } from './model.js';
import { PEOPLE, ROLES, SIGNERS, policies } from './arbitraries.js';

const person = fc.constantFrom(...PEOPLE);
const verdict: fc.Arbitrary<Word['verdict']> = fc.oneof(
  { weight: 6, arbitrary: fc.constant('approve') },
  { weight: 2, arbitrary: fc.constantFrom('reject', 'reject', 'request-changes', 'abstain') },
);

/** How often the word of a decision arrives, at once: not at all, once, or again and again. */
const heard = fc.constantFrom(0, 1, 1, 2);

const say = fc.record({
  do: fc.constant('say' as const),
  who: fc.constantFrom(...SIGNERS),
  /** Which of all parts of the policy, in which of the ways that there are. */
  part: fc.nat(7),
  way: fc.nat(5),
  verdict,
  heard,
});

/** What can happen to a request: `forge` is what no product of ours would write, and somebody with the database might. */
export const steps = fc.oneof(
  { weight: 5, arbitrary: say },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('fill' as const), who: fc.constantFrom(...SIGNERS), way: fc.nat(5), heard }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), which: fc.nat(9), heard }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('grant' as const, 'revoke' as const),
      who: fc.constantFrom(...SIGNERS),
      role: fc.constantFrom(...ROLES),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('lend' as const),
      from: person,
      to: person,
      role: fc.constantFrom(...ROLES),
      startsIn: fc.constantFrom(0, 0, 0, 20),
      hours: fc.constantFrom(1, 30, 200),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('take back' as const), which: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), hours: fc.constantFrom(1, 25, 50) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('look' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('change' as const), policy: policies }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('forge' as const),
      who: person,
      part: fc.nat(7),
      how: fc.constantFrom(...FORGERIES),
    }),
  },
);
export type Step = typeof steps extends fc.Arbitrary<infer One> ? One : never;
