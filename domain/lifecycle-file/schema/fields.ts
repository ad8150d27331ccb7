import { z } from 'zod';
import { parseDuration, DURATION_PATTERN } from '../../kernel/units/duration.js';
import { MONEY_PATTERN, parseMoney } from '../../kernel/units/money.js';
import { NAME_PATTERN, parseName } from '../../kernel/units/name.js';

/** C0 and C1 controls but tab and line ends, and the marks that turn the direction of text around. */
const UNPRINTABLE = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;

/** Something a person wrote: not blank, bounded, without control or direction marks. */
export const text = (longest = 2_000) =>
  z
    .string()
    .max(longest, { error: `Write at most ${longest} characters.` })
    .regex(/\S/, { error: 'Write something here.' })
    .refine((value) => !UNPRINTABLE.test(value), { error: 'Control characters are not accepted.' });

export const name = z.string().regex(NAME_PATTERN, { error: refusalOf(parseName) });

/** An id that others gave, e.g. of a base model: `local/linear-ngram`. */
export const foreignId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,199}$/, {
  error: 'Write an id of letters, digits and . _ : / @ -, beginning with a letter or a digit.',
});

/** `10m` as written; milliseconds as read. */
export const duration = unit(DURATION_PATTERN, parseDuration);
export const positiveDuration = duration.refine((value) => value > 0, { error: 'Write a duration above zero.' });

/** `200 USD` as written; micro-dollars as read. */
export const money = unit(MONEY_PATTERN, parseMoney);

export const confidence = z
  .number()
  .gt(0.5, { error: 'A confidence lies between 0.5 and 1, e.g. 0.95.' })
  .lt(1, { error: 'A confidence lies between 0.5 and 1, e.g. 0.95.' });

/** A score, or a difference of scores, from 0 to 1. */
export const share = z
  .number()
  .min(0, { error: 'Write a number from 0 to 1.' })
  .max(1, { error: 'Write a number from 0 to 1.' });

export const count = (least: number, most = 1_000_000_000) =>
  z
    .int({ error: (issue) => (typeof issue.input === 'number' ? 'Write a whole number.' : undefined) })
    .min(least, { error: `Write ${least} or more.` })
    .max(most, { error: `Write ${most} or less.` });

/** People and services by the names under which they sign in. */
export const principals = z
  .array(text(200))
  .min(1)
  .max(100)
  .refine((all) => new Set(all).size === all.length, { error: 'Name each once.' });

/** A file beside the one that names it. Absolute paths, other places and ways out of the folder are refused. */
export const relativePath = z.string().max(300, { error: 'Write a shorter path.' }).refine(isRelativePath, {
  error: 'Write a path inside the folder of this file, e.g. ./tasks/triage.yaml: absolute paths and ".." are refused.',
});

export function isRelativePath(path: string): boolean {
  const isPlain = /^[^\\:\p{Cc}]+$/u.test(path) && !/^[/~]/.test(path) && !path.endsWith('/');
  return isPlain && !path.split('/').includes('..');
}

/** A text of a grammar in `domain/kernel/units`, read as what it stands for. */
export function unit<T>(pattern: RegExp, parse: (written: string) => T) {
  return z
    .string()
    .regex(pattern, { error: refusalOf(parse) })
    .transform((written, context): T => {
      try {
        return parse(written);
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message });
        return z.NEVER;
      }
    });
}

/** The words in which a grammar refuses a text. */
function refusalOf(parse: (written: string) => unknown) {
  return (issue: { input?: unknown }): string | undefined => {
    try {
      parse(String(issue.input));
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };
}
