import { execFile } from 'node:child_process';
import { providerError } from '../../domain/kernel/errors.js';
import type { SecretSource } from '../../domain/ports/secrets.js';

const TIMEOUT_MILLISECONDS = 10_000;
const MOST_BYTES = 64 * 1024;

/**
 * A program that prints a secret, for example a vault's client: `{name}` in its arguments stands for the secret's name.
 * No shell; a newline at the end is cut; printing nothing, or exit code 1 or more, means that there is none.
 */
export function createCommandSecrets(argv: readonly [string, ...string[]]): SecretSource {
  const [program] = argv;
  return {
    place: (name) => `the program ${program} (asked for ${name})`,
    read: (name) => {
      const [file, ...args] = argv.map((part) => part.replaceAll('{name}', name)) as [string, ...string[]];
      return new Promise((resolve, reject) => {
        const limits = { timeout: TIMEOUT_MILLISECONDS, maxBuffer: MOST_BYTES, killSignal: 'SIGKILL' as const };
        execFile(file, args, limits, (error, stdout) => {
          if (error === null) return resolve(stdout.replace(/\r?\n$/, '') || undefined);
          if (typeof error.code === 'number') return resolve(undefined);
          // What it wrote is not repeated: it may be the secret.
          reject(providerError(`The secrets' program ${program} ${whyNot(error)}.`, { retryable: true }));
        });
      });
    },
  };
}

function whyNot({ killed, code }: { killed?: boolean | null; code?: unknown }): string {
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `printed more than ${MOST_BYTES} bytes`;
  if (killed === true) return `did not end within ${TIMEOUT_MILLISECONDS} ms`;
  return `cannot be started (${String(code)})`;
}
