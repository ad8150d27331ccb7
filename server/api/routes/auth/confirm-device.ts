import type { Handler } from 'hono';
import { codeSha256 } from '../../../../db/readable-code.js';
import type { DeviceLine } from '../../../../db/stores/device-grants.js';
import type { PaceLimit } from '../../../../db/stores/sign-in-pace.js';
import { confirmDeviceSchema, deviceSchema, lookAtDeviceSchema } from '../../../../domain/api/device.js';
import { LifecycleError } from '../../../../domain/kernel/errors.js';
import type { ApiEnvironment } from '../../environment.js';
import { readBody } from '../../read-request.js';
import type { Route } from '../../route.js';
import { tooMany } from '../../sign-in/too-many.js';
import type { ApiStores, Principal } from '../../stores.js';

type Stores = Pick<ApiStores, 'devices' | 'pace'>;

/** Eight characters are guessed by nobody who may try this often. */
const limits = ({ id }: Principal): PaceLimit[] => [{ what: ['user-code', id], most: 30, windowSeconds: 900 }];

const view = ({ createdAt, expiresAt, ...line }: DeviceLine) => ({
  ...line,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
});

/** A token lets in no other: only who has signed in here does. @throws LifecycleError NOT_ALLOWED */
function requireSession({ via }: Principal): void {
  if (via === 'session') return;
  throw new LifecycleError('NOT_ALLOWED', 'A token lets no device in. Sign in, and confirm it there.');
}

/** POST /v1/auth/device/look: what waits under a code, to be seen before it is confirmed. */
function lookAtDevice({ devices, pace }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const { userCode } = await readBody(c, lookAtDeviceSchema);
    const caller = c.get('principal');
    requireSession(caller);
    const wait = await pace.take(limits(caller));
    if (wait !== undefined) return tooMany(c, wait);
    return c.json(view(await devices.find(codeSha256(userCode))));
  };
}

export const lookAtDeviceRoute: Route = {
  method: 'post',
  path: '/v1/auth/device/look',
  operationId: 'lookAtDevice',
  tag: 'account',
  summary: 'See which device waits under a code',
  keepsNoAnswer: true,
  request: { body: lookAtDeviceSchema },
  answers: { 200: { description: 'What asks, and for which scopes.', schema: deviceSchema } },
  handler: lookAtDevice,
};

/** POST /v1/auth/device/confirm: the device that shows this code speaks for you from now on, or does not. */
function confirmDevice({ devices, pace }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const { userCode, deny } = await readBody(c, confirmDeviceSchema);
    const caller = c.get('principal');
    requireSession(caller);
    const wait = await pace.take(limits(caller));
    if (wait !== undefined) return tooMany(c, wait);
    const by = { principal: caller.id, authenticatedAt: caller.authenticatedAt, isDenied: deny };
    return c.json(view(await devices.settle(codeSha256(userCode), by)));
  };
}

export const confirmDeviceRoute: Route = {
  method: 'post',
  path: '/v1/auth/device/confirm',
  operationId: 'confirmDevice',
  tag: 'account',
  summary: 'Let a device speak for you, or deny it',
  description: 'Only by a session. Confirm a code only where you see it on a device of yours.',
  keepsNoAnswer: true,
  request: { body: confirmDeviceSchema },
  answers: { 200: { description: 'It is settled.', schema: deviceSchema } },
  handler: confirmDevice,
};
