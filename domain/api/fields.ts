import { z } from 'zod';
import { isDigest, type Digest } from '../kernel/digest.js';
import { NAME_PATTERN } from '../kernel/units/name.js';

export const nameField = z.string().regex(NAME_PATTERN, 'use 1 to 63 of a-z, 0-9 and -, without - at either end');

export const DIGEST_PATTERN = '^sha256:[0-9a-f]{64}$';

export const digestField = z
  .string()
  .refine((value): value is Digest => isDigest(value), 'expected sha256: and 64 lower-case hex digits')
  // A refinement does not show in a JSON Schema by itself.
  .meta({ pattern: DIGEST_PATTERN });

export const EXAMPLE_DIGEST = `sha256:${'0'.repeat(64)}`;

/** A moment in ISO 8601 with its offset. */
export const momentField = z.iso.datetime({
  offset: true,
  error: 'Write a moment in ISO 8601 with its offset, e.g. 2026-03-01T00:00:00Z.',
});

/** Line breaks and tabs aside, what hides or reorders text: controls, formats (bidi, zero-width), lone surrogates. */
const HIDING = /[^\P{C}\n\t]|\u2028|\u2029|\u115f|\u1160|\u3164|\uffa0|\ufe0f|\u034f/u;

/** Of what a JSON Schema can say of it: no control characters. */
export const ONE_PRINTABLE_LINE = '^[^\\u0000-\\u001f\\u007f-\\u009f]*$';

/** Text that a person writes and others read: no control, bidirectional or zero-width characters. */
export const plainTextField = (length: { min: number; max: number }) =>
  z
    .string()
    .trim()
    .min(length.min, `Write at least ${length.min} characters.`)
    .max(length.max, `Write at most ${length.max} characters.`)
    .refine((text) => !HIDING.test(text), 'must not hold control, bidirectional or zero-width characters')
    .meta({ pattern: '^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]*$' });

/** A key by which another system names a thing: printable, on one line. */
export const keyField = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !HIDING.test(text) && !/[\n\t]/.test(text), 'must be printable text on one line')
    .meta({ pattern: ONE_PRINTABLE_LINE });

/** The id under which somebody signs in. */
export const principalField = keyField(200);

/** The query of what is about one project: it may be left out where the caller has a part in only one. */
export const projectQuerySchema = z.strictObject({ project: nameField.optional() });
