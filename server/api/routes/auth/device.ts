import { randomBytes } from 'node:crypto';
import type { Handler } from 'hono';
import { codeSha256, readableCode } from '../../../../db/readable-code.js';
import { POLL_SECONDS, type DeviceRefusal } from '../../../../db/stores/device-grants.js';
import {
  deviceTokenSchema,
  pollDeviceSchema,
  startDeviceSchema,
  startedDeviceSchema,
} from '../../../../domain/api/device.js';
import { addressOf } from '../../../process/address-of.js';
import type { ApiEnvironment } from '../../environment.js';
import { newToken } from '../../new-token.js';
import { sendProblem } from '../../problem.js';
import { readBody } from '../../read-request.js';
import type { Route, RouteOptions } from '../../route.js';
import { refuseOtherSites } from '../../sign-in/same-site.js';
import { requireSafeTransport, sha256 } from '../../sign-in/sign-in.js';
import { tooMany } from '../../sign-in/too-many.js';
import type { ApiStores } from '../../stores.js';

type Stores = Pick<ApiStores, 'devices' | 'pace'>;

const DEVICE_BYTES = 32;
const USER_GROUPS = 2;
const LIMIT = { most: 30, windowSeconds: 600 };

/** POST /v1/auth/device: a device asks to be let in; a person confirms it at the address that it shows. */
function startDevice({ devices, pace }: Stores, { signIn }: RouteOptions): Handler<ApiEnvironment> {
  return async (c) => {
    const { label, scopes } = await readBody(c, startDeviceSchema);
    refuseOtherSites(c, signIn);
    requireSafeTransport(signIn);
    const wait = await pace.take([{ what: ['device-from', addressOf(c)], ...LIMIT }]);
    if (wait !== undefined) return tooMany(c, wait);
    const deviceCode = randomBytes(DEVICE_BYTES).toString('base64url');
    const userCode = readableCode(USER_GROUPS);
    const device = { deviceSha256: sha256(deviceCode), userSha256: codeSha256(userCode), label, scopes };
    const { expiresAt } = await devices.open(device);
    const verificationUri = new URL('/device', signIn.publicUrl).href;
    return c.json(
      {
        deviceCode,
        userCode,
        verificationUri,
        verificationUriComplete: `${verificationUri}?code=${userCode}`,
        expiresIn: Math.round((expiresAt.getTime() - Date.now()) / 1000),
        interval: POLL_SECONDS,
      },
      201,
    );
  };
}

export const startDeviceRoute: Route = {
  method: 'post',
  path: '/v1/auth/device',
  operationId: 'startDevice',
  tag: 'account',
  summary: 'Ask to be let in as a person who confirms it elsewhere (RFC 8628)',
  description: 'Show the code and the address, and poll. The codes count for ten minutes.',
  isPublic: true,
  keepsNoAnswer: true,
  request: { body: startDeviceSchema },
  answers: { 201: { description: 'The codes, and how often to poll.', schema: startedDeviceSchema } },
  handler: startDevice,
};

const WORDS: Record<DeviceRefusal, string> = {
  authorization_pending: 'Nobody has confirmed it yet. Ask again.',
  slow_down: `Ask every ${POLL_SECONDS} seconds, not more often.`,
  access_denied: 'It was denied.',
  expired_token: 'The code is wrong, was used, or is too old. Begin again.',
};

/** POST /v1/auth/device/token: the token, once somebody has confirmed; until then 400 with the RFC's words. */
function pollDevice({ devices }: Stores, { signIn }: RouteOptions): Handler<ApiEnvironment> {
  return async (c) => {
    const { deviceCode } = await readBody(c, pollDeviceSchema);
    refuseOtherSites(c, signIn);
    const { token, sha256: tokenSha256 } = newToken();
    const answer = await devices.poll(sha256(deviceCode), tokenSha256);
    if (!('refusal' in answer)) return c.json({ ...answer, token, expiresAt: answer.expiresAt.toISOString() }, 201);
    const { refusal: error } = answer;
    const problem = { status: 400, title: 'The device has no token', code: 'NO_DEVICE_TOKEN' } as const;
    return sendProblem(c, { ...problem, detail: WORDS[error], details: { error } });
  };
}

export const pollDeviceRoute: Route = {
  method: 'post',
  path: '/v1/auth/device/token',
  operationId: 'pollDevice',
  tag: 'account',
  summary: 'Fetch the token of a device that was let in',
  description:
    'Until then a problem with `details.error`: authorization_pending, slow_down, access_denied or expired_token. ' +
    'The token is given once, and is good for 12 hours.',
  isPublic: true,
  keepsNoAnswer: true,
  request: { body: pollDeviceSchema },
  answers: { 201: { description: 'The token: keep it now.', schema: deviceTokenSchema } },
  handler: pollDevice,
};
