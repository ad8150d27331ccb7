import { parseLocalProviderConfig } from '../../domain/config/local-provider-config.js';
import { exitCodeOf } from '../../domain/exit-codes.js';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import { serveLocalProvider } from './serve.js';

/** The process behind `assay provider`: the local provider, until a signal or the end of the parent that forked it. */
try {
  const { host, port, folder, apiKey } = parseLocalProviderConfig(process.env);
  const provider = await serveLocalProvider({ host, port, stateFolder: folder, apiKey });
  process.stderr.write(`provider: ready at ${provider.url}\n`);
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    void provider.close().then(() => process.exit(0));
  };
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(event, stop);
} catch (error) {
  if (!isLifecycleError(error)) throw error;
  process.stderr.write(`provider: ${error.message}\n`);
  process.exitCode = exitCodeOf(error.code);
}
