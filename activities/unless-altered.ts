import { isLifecycleError } from '../domain/kernel/errors.js';

/** For reading what is on file: null where it is missing or was altered; any other error goes on. */
export function unlessAltered(error: unknown): null {
  if (isLifecycleError(error, 'ARTIFACT') || isLifecycleError(error, 'NOT_FOUND')) return null;
  throw error;
}
