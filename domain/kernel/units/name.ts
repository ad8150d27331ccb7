import { LifecycleError } from '../errors.js';

/** 1 to 63 lower-case letters, digits and hyphens, no hyphen at either end: safe as an id, a label, a host name. */
export const NAME_PATTERN = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** The name itself, which is also how it is printed. @throws LifecycleError INVALID_INPUT */
export function parseName(text: string): string {
  if (NAME_PATTERN.test(text)) return text;
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  throw new LifecycleError(
    'INVALID_INPUT',
    `"${shown}" is not a name: use 1 to 63 of a-z, 0-9 and -, without - at either end.`,
  );
}
