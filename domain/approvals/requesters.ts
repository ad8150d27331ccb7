import type { ApprovalTerms } from '../ports/approval-store.js';

/** Whoever asked for the run, and for those whose work it took over. */
export const requestersOf = ({ requester, alsoRequested = [] }: ApprovalTerms): string[] => [
  requester,
  ...alsoRequested,
];
