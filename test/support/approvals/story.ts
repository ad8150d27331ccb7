import type { ApprovalJudgement } from '../../../domain/approvals/judge-request.js';
import type { Way } from '../../../domain/approvals/may-sign.js';
import { forge } from './forge.js';
import type { Verdict } from './model.js';
import { HOUR } from './signed-rows.js';
import type { Step } from './steps.js';
import { ToldRequest, type Start } from './told-request.js';

/** What the domain said at one look, beside what the rules say. */
export interface Look {
  outcome: ApprovalJudgement['outcome'];
  rules: Verdict & { mayBeRejected: boolean };
}

export interface Story {
  looks: Look[];
  /** The last look, at the release; undefined where nothing was approved. */
  release: Look | undefined;
  told: ToldRequest;
}

/**
 * The domain's own code, beside the rules, through whatever happens: looked at as the approval's workflow does, whenever
 * it hears of something, and once more at the deadline.
 */
export function tell(start: Start, steps: readonly Step[]): Story {
  const told = new ToldRequest(start);
  const looks: Look[] = [];
  const lookNow = (): Look => ({ outcome: told.judge().outcome, rules: told.rules() });
  const isOpen = (): boolean => (looks.at(-1)?.outcome ?? 'pending') === 'pending';
  const hear = (times: number): void => {
    for (let heard = 0; heard < times && isOpen(); heard += 1) looks.push(lookNow());
  };

  const left = [...steps];
  while (isOpen() && left.length > 0 && told.now < told.deadline) {
    const step = left.shift()!;
    take(told, step);
    hear('heard' in step ? step.heard : step.do === 'look' ? 1 : 0);
  }
  if (isOpen()) {
    told.now = Math.max(told.now, told.deadline);
    hear(1);
  }
  if (looks.at(-1)?.outcome !== 'approved') return { looks, release: undefined, told };
  // Roles are resolved once more, at the release: what happens to them meanwhile is what is left of the story.
  for (const step of left) if (['grant', 'revoke', 'take back'].includes(step.do)) take(told, step);
  return { looks, release: lookNow(), told };
}

const pick = <T>(all: readonly T[], index: number): T => all[index % all.length]!;

function take(told: ToldRequest, step: Step): void {
  switch (step.do) {
    case 'say':
      return told.say(step.who, pick(waysIn(told, step.who, pick(told.asked, step.part)), step.way), step.verdict);
    case 'fill':
      return fill(told, step);
    case 'withdraw': {
      const open = [...told.said].flatMap(([key, { word, id }]) => (word === null ? [] : [{ key, word, id }]));
      if (open.length === 0) return;
      const { word, key, id } = pick(open, step.which);
      return told.withdraw(word, key, id);
    }
    case 'grant':
      return void told.held.add(`${step.who}/${step.role}`);
    case 'revoke':
      return void told.held.delete(`${step.who}/${step.role}`);
    case 'lend':
      if (step.from !== step.to) told.lend({ ...step, startsAt: told.now + step.startsIn * HOUR });
      return;
    case 'take back': {
      const used = told.words.flatMap(({ lent }) => (lent === null ? [] : [lent]));
      const known = [...told.lent.values()].toSorted(
        (a, b) => Number(used.includes(b.rule)) - Number(used.includes(a.rule)),
      );
      return known.length === 0 ? undefined : told.takeBack(pick(known, step.which));
    }
    case 'pass':
      return void (told.now += step.hours * HOUR);
    case 'change':
      return told.change(step.policy);
    case 'forge':
      return forge(told, { who: step.who, part: pick(told.asked, step.part), how: step.how });
    case 'look':
      return;
  }
}

/** Somebody signs in a part that waits. */
function fill(told: ToldRequest, { who, way }: { who: string; way: number }): void {
  const [missing] = told.judge().missing;
  const part = told.asked.find(({ stage, role }) => stage === missing?.stage && missing.role.includes(role));
  if (part !== undefined) told.say(who, pick(waysIn(told, who, part), way), 'approve');
}

/** The ways that somebody may try, also those that do not count. */
function waysIn(told: ToldRequest, who: string, part: { stage: string; role: string }): Way[] {
  const stage = told.request.terms.policy.stages.find(({ name }) => name === part.stage);
  const asked = stage?.roles.find(({ role }) => role === part.role);
  const vias = [null, ...(asked?.escalate ?? []).map(({ to }) => to)];
  const lent = [...told.lent].filter(([, { rule }]) => rule.to === who);
  return vias.flatMap((via) => [
    { ...part, via, delegation: null },
    ...lent
      .filter(([, { rule }]) => !told.start.isGated || rule.role === (via ?? part.role))
      .map(([id, { rule }]) => ({ ...part, via, delegation: { id, delegator: rule.from } })),
  ]);
}
