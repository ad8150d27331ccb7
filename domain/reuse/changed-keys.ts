import { canonicalJson } from '../evidence/canonical.js';

/** The places at which two values differ, as paths that people write: `data.curate[1].train`. */
export function changedKeys(before: unknown, after: unknown, path = ''): string[] {
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((value, index) => changedKeys(value, after[index], `${path}[${index}]`));
  if (!isPlain(before) || !isPlain(after)) return [path];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => changedKeys(before[name], after[name], path === '' ? name : `${path}.${name}`));
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
