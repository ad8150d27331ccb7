import { LifecycleError } from '../kernel/errors.js';
import { findDangling } from './references/dangling.js';
import { namesInPlan } from './references/names-in-plan.js';
import type { LifecyclePlan } from './plan.js';
import { planSchema } from './schema/plan-schema.js';
import { refusalIn } from './find-secrets.js';
import { maskSecrets } from './secret-patterns.js';
import { flattenIssues, wordIssue } from './validate.js';

/**
 * Judges a resolved plan that came from outside, as strictly as a lifecycle file: unknown keys, names that lead nowhere
 * and secrets are refused.
 * @throws LifecycleError INVALID_INPUT with every problem as `path message` in `details.problems`.
 */
export function parsePlan(value: unknown): LifecyclePlan {
  const result = planSchema.safeParse(value, { error: wordIssue });
  const problems = result.success
    ? findDangling(namesInPlan(result.data)).map(({ at, message }) => `${at} ${message}`)
    : flattenIssues(result.error.issues).map(({ path, message }) => `${printPath(path)} ${message}`);
  problems.push(...findSecretTexts(value, []));
  if (result.success && problems.length === 0) return result.data;
  const shown = problems.map(maskSecrets);
  const count = shown.length === 1 ? 'a problem' : `${shown.length} problems`;
  throw new LifecycleError('INVALID_INPUT', `The plan has ${count}.\n${shown.join('\n')}`, { problems: shown });
}

function findSecretTexts(value: unknown, path: PropertyKey[]): string[] {
  const refusal = typeof value === 'string' ? refusalIn(value) : undefined;
  if (refusal !== undefined) return [`${printPath(path)} ${refusal}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    findSecretTexts(part, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

const printPath = (path: readonly PropertyKey[]): string =>
  path
    .reduce<string>((text, step) => text + (typeof step === 'number' ? `[${step}]` : `.${String(step)}`), '')
    .slice(1) || 'plan';
