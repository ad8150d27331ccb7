import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { NativeConnectionOptions } from '@temporalio/worker';
import { LifecycleError } from '../../domain/kernel/errors.js';

export interface TemporalConnection {
  options: NativeConnectionOptions & { address: string };
  namespace: string;
  /** In words, for the process to print. */
  from: string;
}

/**
 * How to reach Temporal: by the address given, else by Temporal's own environment configuration, which brings TLS and
 * API keys: `TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `TEMPORAL_PROFILE`, `TEMPORAL_CONFIG_FILE` and the rest.
 * @throws LifecycleError INVALID_INPUT where neither names a server: nothing is guessed.
 */
export function temporalConnection(
  given: { address: string | undefined; namespace: string | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): TemporalConnection {
  const { address, namespace } = given;
  if (address !== undefined) return { options: { address }, namespace: namespace ?? 'default', from: 'its address' };
  const overrideEnvVars = Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const profile = loadClientConnectConfig({ overrideEnvVars });
  const named = profile.connectionOptions.address;
  if (named === undefined)
    throw new LifecycleError(
      'INVALID_INPUT',
      'No Temporal server is named. Set ASSAY_TEMPORAL_ADDRESS, or TEMPORAL_ADDRESS, or a profile of the Temporal configuration file.',
    );
  return {
    options: { ...profile.connectionOptions, address: named },
    namespace: namespace ?? profile.namespace ?? 'default',
    from: "Temporal's environment configuration",
  };
}
