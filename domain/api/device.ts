import { z } from 'zod';
import { plainTextField } from './fields.js';

/** `label`: what the person is shown, e.g. the name of the machine. */
export const startDeviceSchema = z
  .strictObject({
    label: plainTextField({ min: 1, max: 100 }),
    scopes: z
      .array(z.enum(['read', 'write', 'approve']))
      .min(1)
      .max(3),
  })
  .meta({ id: 'StartDevice', examples: [{ label: 'assay on build-7', scopes: ['read', 'write'] }] });
export type StartDevice = z.infer<typeof startDeviceSchema>;

/** The fields of RFC 8628 §3.2, in the words of this api. */
export const startedDeviceSchema = z
  .object({
    deviceCode: z.string(),
    userCode: z.string(),
    verificationUri: z.string(),
    verificationUriComplete: z.string(),
    expiresIn: z.number().int(),
    interval: z.number().int(),
  })
  .meta({ id: 'StartedDevice' });

export const pollDeviceSchema = z
  .strictObject({ deviceCode: z.string().min(1).max(100) })
  .meta({ id: 'PollDevice', examples: [{ deviceCode: 'TlKy0_9m4nQfUO2c1vDdR7YbXw3sZjaHq8pE5gWu6iM' }] });

/** `token` is shown this once. */
export const deviceTokenSchema = z
  .object({ principal: z.string(), scopes: z.array(z.string()), token: z.string(), expiresAt: z.string() })
  .meta({ id: 'DeviceToken' });

const userCode = z.string().min(1).max(40);

export const lookAtDeviceSchema = z
  .strictObject({ userCode })
  .meta({ id: 'LookAtDevice', examples: [{ userCode: 'K7QM-2XNP' }] });

/** `deny`: it was not me. */
export const confirmDeviceSchema = z
  .strictObject({ userCode, deny: z.boolean().default(false) })
  .meta({ id: 'ConfirmDevice', examples: [{ userCode: 'K7QM-2XNP' }] });

/** What asks to be let in: only its asker says what it is. */
export const deviceSchema = z
  .object({ label: z.string(), scopes: z.array(z.string()), createdAt: z.string(), expiresAt: z.string() })
  .meta({ id: 'Device' });
