import { LifecycleError } from './kernel/errors.js';

/** Why a process cannot listen where it was told to, in words and with an exit code; other errors as they are. */
export function listenError(error: Error & { code?: string }, { host, port }: { host: string; port: number }): Error {
  const details = { host, port };
  switch (error.code) {
    case 'EADDRINUSE': {
      const message = `Port ${port} of ${host} is in use. Stop what listens there, or choose another port (see --help).`;
      return new LifecycleError('CONFLICT', message, details, error);
    }
    case 'EACCES': {
      const message = `This user may not listen on port ${port} of ${host}. Choose a port above 1023.`;
      return new LifecycleError('NOT_ALLOWED', message, details, error);
    }
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new LifecycleError('INVALID_INPUT', `${host} is no address of this machine.`, details, error);
    default:
      return error;
  }
}
