import { z } from 'zod';
import { ERROR_CODES } from '../kernel/errors.js';

/** What can be wrong with a request before Assay looks at what it asks for. */
const TRANSPORT_CODES = [
  'UNAUTHENTICATED',
  'TOO_MANY',
  'TOO_LARGE',
  'NOT_JSON',
  'NO_SUCH_ROUTE',
  'WRONG_METHOD',
  'NO_DEVICE_TOKEN',
] as const;

/**
 * Problem details (RFC 9457), the body of every answer from 400 on. `code` is what programs look at; `issues` names the
 * fields of a request that was not understood.
 */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.enum([...ERROR_CODES, ...TRANSPORT_CODES]),
    requestId: z.string(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;
export type ProblemCode = Problem['code'];
