import type { components } from '../../client/openapi-types.js';
import type { Tone } from '../parts/verdict.js';

export type DecisionVerdict = components['schemas']['Decide']['verdict'];

interface VerdictWords {
  verdict: DecisionVerdict;
  label: string;
  /** What follows from it, before it is signed. */
  follows: string;
  /** What the signature means. */
  meaning: string;
  tone: Tone;
}

/** What a person may decide, in the words that the api signs; the form grows by a line here. */
export const VERDICTS: readonly VerdictWords[] = [
  {
    verdict: 'approve',
    label: 'Approve',
    follows: 'Once everybody who must has approved, the model is released.',
    meaning: 'I have seen what this digest binds and approve its release in this role.',
    tone: 'good',
  },
  {
    verdict: 'request-changes',
    label: 'Request changes',
    follows: 'This release ends here; the requester changes something and asks again.',
    meaning: 'I have seen what this digest binds and ask for it to be changed before it is released.',
    tone: 'warn',
  },
  {
    verdict: 'reject',
    label: 'Reject',
    follows: 'This model is not released.',
    meaning: 'I have seen what this digest binds and reject its release in this role.',
    tone: 'bad',
  },
  {
    verdict: 'abstain',
    label: 'Abstain',
    follows: 'It is on record that you looked; somebody else has to decide in your role.',
    meaning: 'I have seen what this digest binds and neither approve nor reject it.',
    tone: 'plain',
  },
  {
    verdict: 'withdraw',
    label: 'Withdraw',
    follows: 'What you said before counts no more; you may decide again.',
    meaning: 'I take back what I said before about what this digest binds.',
    tone: 'plain',
  },
];
