import { pino, type DestinationStream, type Logger } from 'pino';
import { maskSecrets } from '../../domain/lifecycle-file/secret-patterns.js';
import { serializeError } from './serialize-error.js';

export type { Logger };

/** Our own tokens, wherever they turn up. */
const TOKEN = /assay_[A-Za-z0-9_-]{20,}/g;

/** Every line as it leaves the process, with tokens and keys of known services masked. */
const mask = (line: string): string => maskSecrets(line.replace(TOKEN, '[masked]'));

/** JSON lines on stderr; what looks like a secret is masked in whatever field it stands; errors as `serializeError`. */
export function createLogger(
  name: string,
  level: string,
  destination: DestinationStream = pino.destination(2),
): Logger {
  const redact = ['authorization', '*.authorization', '*.headers', 'apiKey', '*.apiKey', '*.password'];
  return pino({ name, level, redact, serializers: { err: serializeError }, hooks: { streamWrite: mask } }, destination);
}
