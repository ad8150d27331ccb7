import { z } from 'zod';
import { count } from '../lifecycle-file/schema/fields.js';
import { ONE_REFERENCE, REFERENCE_FORM } from '../secrets/reference.js';
import { json } from './json.js';

const text = z.string().min(1);
const secret = z.string().regex(ONE_REFERENCE, { error: REFERENCE_FORM });

const folder = z.strictObject({ folder: text });
const s3 = z.strictObject({
  s3: z.strictObject({
    bucket: text,
    region: text,
    /** For a service that is compatible with S3. */
    endpoint: z.url({ protocol: /^https?$/ }).optional(),
    /** Stands before the names, e.g. `audit/`. */
    prefix: z.string().default(''),
    /** How long nobody, the account's root included, may delete a copy. */
    retentionDays: count(1),
    /** Without keys the process signs as its machine or pod is allowed to. */
    keys: z.strictObject({ id: secret, secret }).optional(),
  }),
});

/** Where checkpoints are copied to. */
export type CopyTarget = z.output<typeof folder> | z.output<typeof s3>;
export type S3Target = z.output<typeof s3>['s3'];

/** `ASSAY_CHECKPOINT_COPIES`: JSON, a list of places. */
export const copyTargets = json.pipe(z.array(z.union([folder, s3])));
