import type { Database } from '../../db/pool.js';
import { setPassword } from '../../db/stores/local-passwords.js';
import { hashPassword } from '../../server/api/sign-in/passwords.js';

export const PASSWORD = 'correct horse battery staple';

/** Gives somebody who is there the password of the tests. */
export async function givePassword(db: Database, principal: string, password = PASSWORD): Promise<void> {
  const hash = await hashPassword(password);
  await db.transaction((tx) => setPassword(tx, { principal, hash, by: principal }));
}
