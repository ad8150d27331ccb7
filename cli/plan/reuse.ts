import type { RunPreview } from '../../domain/api/run.js';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import type { ApiClient } from '../api-client.js';
import { spanInWords } from '../time-words.js';

/** What earlier runs have left that a run could take over: asked, or why it could not be. */
export type ReuseAnswer = { asked: true; preview: RunPreview } | { asked: false; reason: string };

/** Asks an api. Whatever speaks against asking is an answer too: a plan needs no api. */
export async function findReuse(api: () => ApiClient, plan: LifecyclePlan): Promise<ReuseAnswer> {
  try {
    return { asked: true, preview: await api().previewRun({ ...plan }) };
  } catch (error) {
    if (isLifecycleError(error)) return { asked: false, reason: error.message };
    throw error;
  }
}

/** Which stages would not be done, and whose work would stand for them. */
export function reuseInWords(answer: ReuseAnswer, now: number): string[] {
  if (!answer.asked) return [`not known: ${answer.reason}`];
  const { assuming, stages } = answer.preview;
  const taken = stages.filter(({ reusedFrom }) => reusedFrom !== null);
  if (assuming === null) return ['nothing: no run has read these sources'];
  const given = `if the sources hold what ${assuming.runId} read ${spanInWords(now - Date.parse(assuming.at))} ago`;
  if (taken.length === 0) return [`nothing, ${given}`, ...whyNot(answer.preview)];
  return [...taken.map(({ stage, reason }) => `${stage}: ${reason}`), given, ...whyNot(answer.preview)];
}

/** Of the stages that could be taken over, why the first one is not. */
function whyNot({ stages }: RunPreview): string[] {
  const first = stages.find(({ stage, reusedFrom }) => stage !== 'collect' && reusedFrom === null);
  return first === undefined || first.stage === 'approve' ? [] : [`${first.stage} would be done: ${first.reason}`];
}
