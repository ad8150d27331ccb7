import { z } from 'zod';
import { ONE_REFERENCE } from '../secrets/reference.js';
import { emailField } from '../notifications/email-field.js';
import { json } from './json.js';

const reference = z.string().regex(ONE_REFERENCE, {
  error: 'Write a reference, ${secret:NAME}: a password does not stand in a configuration.',
});

const mailServerFields = z
  .strictObject({
    host: z.string().min(1).max(253),
    port: z.int().min(1).max(65_535),
    /** TLS from the first byte, by STARTTLS before anything else, or never: for a server on the same machine. */
    security: z.enum(['tls', 'starttls', 'none']).default('starttls'),
    user: z.string().min(1).max(254).optional(),
    password: reference.optional(),
    from: emailField,
  })
  .refine(({ user, password }) => (user === undefined) === (password === undefined), {
    error: 'Write both or none: user and password.',
    path: ['password'],
  })
  .refine(({ security, password }) => security !== 'none' || password === undefined, {
    error: 'A password is sent encrypted only: use tls or starttls.',
    path: ['security'],
  });

/** `ASSAY_SMTP`: the server that takes mail. */
export const mailServer = json.pipe(mailServerFields);
export type MailServer = z.infer<typeof mailServerFields>;
