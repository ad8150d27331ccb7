import { hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for Argon2id: 19 MiB, two passes, one lane. The algorithm is the package's default. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of no password; made once, so that an unknown account costs what a known one does. */
const ofNobody = hash(crypto.randomUUID(), COST);
ofNobody.catch(() => undefined);

/** The same text typed on another keyboard is the same password (NIST SP 800-63B §3.1.1.2). */
const normalised = (password: string): string => password.normalize('NFKC');

/** Argon2id in PHC form. */
export const hashPassword = (password: string): Promise<string> => hash(normalised(password), COST);

/** Whether it is the password of this hash. Without a hash the answer is no, after the same work. */
export async function isPassword(known: string | undefined, password: string): Promise<boolean> {
  const isRight = await verify(known ?? (await ofNobody), normalised(password));
  return isRight && known !== undefined;
}
