import { z } from 'zod';
import { isWellReferenced, REFERENCE_FORM } from '../secrets/reference.js';
import { json } from './json.js';

/** A text that may hold `${secret:NAME}`; it is resolved where it is used. */
export const withSecrets = (schema: z.ZodString) => schema.refine(isWellReferenced, { error: REFERENCE_FORM });

/** `ASSAY_SECRETS_COMMAND`: a program and its arguments. */
export const secretsArgv = json.pipe(z.tuple([z.string().min(1)], z.string()));
