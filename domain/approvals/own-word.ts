import type { CountedDecision } from '../kernel/approval.js';

/**
 * What a person said last in a part, where nothing followed it; a withdrawal too. Where no part is named, what stands of
 * theirs: a word that was not taken back before one that was.
 */
export function standingWord(
  decisions: readonly CountedDecision[],
  principal: string,
  part: { stage?: string | undefined; role?: string | undefined },
): CountedDecision | undefined {
  const own = decisions.filter(
    (one) =>
      one.principal === principal && (part.stage ?? one.stage) === one.stage && (part.role ?? one.role) === one.role,
  );
  const last = own.filter(({ id }) => !own.some(({ supersedes }) => supersedes === id));
  return last.find(({ verdict }) => verdict !== 'withdraw') ?? last[0];
}
