import type { Involved } from '../kernel/approval-policy.js';
import type { ApprovalTerms } from '../ports/approval-store.js';

/** Who had a part in what a request is about, from what was bound. */
export function involvedIn(terms: ApprovalTerms): Involved {
  const requesters = [terms.requester, ...(terms.alsoRequested ?? [])];
  return {
    requesters,
    // Who asks for a run has it trained.
    trainers: [terms.requester, ...(terms.trainers ?? [])],
    dataAuthors: terms.dataAuthors ?? [],
    recipeAuthors: terms.recipeAuthors ?? [],
  };
}
