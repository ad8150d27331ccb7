import type { Handler } from 'hono';
import { changePasswordSchema, signedInSchema } from '../../../../domain/api/sign-in.js';
import { LifecycleError } from '../../../../domain/kernel/errors.js';
import type { ApiEnvironment } from '../../environment.js';
import { sendProblem } from '../../problem.js';
import { readBody } from '../../read-request.js';
import type { Route, RouteOptions } from '../../route.js';
import { hashPassword, isPassword } from '../../sign-in/passwords.js';
import { beginSession } from '../../sign-in/sign-in.js';
import { passwordLimits, tooMany } from '../../sign-in/too-many.js';
import type { ApiStores } from '../../stores.js';

type Stores = Pick<ApiStores, 'passwords' | 'pace' | 'sessions'>;

/** POST /v1/auth/password: another password for whoever knows the present one. All their sessions end but a new one. */
function changePassword({ passwords, pace, sessions }: Stores, { signIn }: RouteOptions): Handler<ApiEnvironment> {
  return async (c) => {
    const { current, password } = await readBody(c, changePasswordSchema);
    const { id: principal, displayName, via } = c.get('principal');
    if (via !== 'session')
      throw new LifecycleError('NOT_ALLOWED', 'A token changes no password. Sign in, and do it there.');
    const limits = passwordLimits(c, principal);
    const wait = await pace.take(limits);
    if (wait !== undefined) return tooMany(c, wait);
    if (!(await isPassword(await passwords.hashOf(principal), current))) {
      await passwords.recordFailure(principal, 'the present password is not right');
      const detail = 'The present password is not right.';
      return sendProblem(c, { status: 401, title: 'Who is asking?', code: 'UNAUTHENTICATED', detail });
    }
    await pace.forget(limits);
    const hash = await hashPassword(password);
    await beginSession(c, signIn, sessions, (id) => passwords.change(hash, { ...id, principal, method: 'local' }));
    return c.json({ principal, displayName });
  };
}

export const changePasswordRoute: Route = {
  method: 'post',
  path: '/v1/auth/password',
  operationId: 'changePassword',
  tag: 'account',
  summary: 'Change your own password',
  keepsNoAnswer: true,
  request: { body: changePasswordSchema },
  answers: {
    200: { description: 'It counts from now on; every other session of yours has ended.', schema: signedInSchema },
  },
  handler: changePassword,
};
