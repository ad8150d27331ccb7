import { z } from 'zod';
import { nameField, plainTextField } from './fields.js';

/** Long enough for a passphrase, short enough that hashing it is no way to keep the api busy. */
const PASSWORD_CHARACTERS = { min: 12, max: 256 } as const;

/** A password that is to be set. */
const newPasswordField = z
  .string()
  .min(PASSWORD_CHARACTERS.min, `Use at least ${PASSWORD_CHARACTERS.min} characters.`)
  .max(PASSWORD_CHARACTERS.max, `Use at most ${PASSWORD_CHARACTERS.max} characters.`);

/** One that is only compared: what it should be like is nobody's business here. */
const typedPassword = z.string().min(1).max(PASSWORD_CHARACTERS.max);

export const signInOptionsSchema = z
  .object({
    /** Whether people sign in with an account and a password of this installation. */
    local: z.boolean(),
    oidc: z.object({ label: z.string() }).nullable(),
    /** Identities of the demonstration; none outside `assay dev`. */
    demo: z.array(z.object({ id: z.string(), displayName: z.string() })),
    /** Whether there is no admin yet: the first one needs a code of the operators (`assay accounts bootstrap`). */
    needsFirstAdmin: z.boolean(),
  })
  .meta({ id: 'SignInOptions' });
export type SignInOptions = z.infer<typeof signInOptionsSchema>;

export const localSignInSchema = z
  .strictObject({ account: z.string().min(1).max(200), password: typedPassword })
  .meta({ id: 'LocalSignIn', examples: [{ account: 'ada', password: 'correct horse battery staple' }] });

export const demoSignInSchema = z
  .strictObject({ principal: nameField })
  .meta({ id: 'DemoSignIn', examples: [{ principal: 'demo-ruth' }] });

/** Who is signed in now; the cookie came with the answer. */
export const signedInSchema = z.object({ principal: z.string(), displayName: z.string() }).meta({ id: 'SignedIn' });

export const signedOutSchema = z.object({ ended: z.enum(['session', 'token']) }).meta({ id: 'SignedOut' });

export const changePasswordSchema = z.strictObject({ current: typedPassword, password: newPasswordField }).meta({
  id: 'ChangePassword',
  examples: [{ current: 'correct horse battery staple', password: 'nine lives of a spotted cat' }],
});

export const sessionListSchema = z
  .object({
    sessions: z.array(
      z.object({
        id: z.string(),
        method: z.enum(['local', 'oidc', 'demo']),
        /** Whether it is the one that asks. */
        isThis: z.boolean(),
        createdAt: z.string(),
        lastUsedAt: z.string(),
        /** It ends then at the latest, and after 30 minutes without use. */
        expiresAt: z.string(),
      }),
    ),
  })
  .meta({ id: 'SessionList' });
export type SessionList = z.infer<typeof sessionListSchema>;

export const endedSessionSchema = z.object({ id: z.string() }).meta({ id: 'EndedSession' });

const codeField = z.string().min(1).max(100);

/** The first admin of an installation. */
export const bootstrapSchema = z
  .strictObject({
    code: codeField,
    account: nameField,
    displayName: plainTextField({ min: 1, max: 200 }),
    password: newPasswordField,
  })
  .meta({
    id: 'Bootstrap',
    examples: [
      { code: 'K7QM-2XNP-9RTD-4HWB', account: 'ada', displayName: 'Ada', password: 'correct horse battery staple' },
    ],
  });

export type Bootstrap = z.infer<typeof bootstrapSchema>;

/** `token`: for the command line, 12 hours, shown this once; it does not sign. */
export const bootstrappedSchema = z
  .object({ principal: z.string(), token: z.string(), expiresAt: z.string() })
  .meta({ id: 'Bootstrapped' });

export const setPasswordSchema = z.strictObject({ code: codeField, password: newPasswordField }).meta({
  id: 'SetPassword',
  examples: [{ code: 'K7QM-2XNP-9RTD-4HWB', password: 'correct horse battery staple' }],
});

/** Whose password was set. */
export const passwordSetSchema = z
  .object({ principal: z.string(), displayName: z.string() })
  .meta({ id: 'PasswordSet' });
