import { setTimeout as sleep } from 'node:timers/promises';
import { isLifecycleError, LifecycleError } from '../domain/kernel/errors.js';
import type { ApiClient } from './api-client.js';
import { isPassing } from './api-request.js';

const SLOWER_SECONDS = 5;

/**
 * Asks for the token until somebody has confirmed (RFC 8628 §3.5). An api that is away for a moment is asked again.
 * @throws LifecycleError NOT_ALLOWED where it was denied, or nobody confirmed in time
 */
export async function pollDevice(
  api: Pick<ApiClient, 'pollDevice'>,
  device: { deviceCode: string; interval: number },
  signal: AbortSignal,
): ReturnType<ApiClient['pollDevice']> {
  let seconds = device.interval;
  for (;;) {
    await sleep(seconds * 1000, undefined, { signal });
    try {
      return await api.pollDevice(device.deviceCode);
    } catch (error) {
      const said = isLifecycleError(error) ? error.details['error'] : undefined;
      if (said === 'slow_down') seconds += SLOWER_SECONDS;
      else if (said === 'access_denied' || said === 'expired_token')
        throw new LifecycleError('NOT_ALLOWED', error instanceof Error ? error.message : '', {}, error);
      else if (said !== 'authorization_pending' && !isPassing(error)) throw error;
    }
  }
}
