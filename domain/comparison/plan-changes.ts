import type { PlanChange } from '../api/comparison.js';
import { canonicalJson } from '../evidence/canonical.js';
import type { LifecyclePlan } from '../lifecycle-file/plan.js';
import { changedKeys } from '../reuse/changed-keys.js';

const LONGEST = 300;

/** Where two plans differ, by the keys that people write, with both values. */
export const planChanges = (champion: LifecyclePlan, candidate: LifecyclePlan): PlanChange[] =>
  changedKeys(champion, candidate).map((path) => ({
    path,
    champion: printed(valueAt(champion, path)),
    candidate: printed(valueAt(candidate, path)),
  }));

function valueAt(value: unknown, path: string): unknown {
  const names = path.split(/[.[\]]+/).filter((name) => name !== '');
  return names.reduce<unknown>((inside, name) => {
    const isHolder = typeof inside === 'object' && inside !== null && Object.hasOwn(inside, name);
    return isHolder ? (inside as Record<string, unknown>)[name] : undefined;
  }, value);
}

function printed(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value : canonicalJson(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
