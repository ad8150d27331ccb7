import { InvalidArgumentError } from 'commander';
import { parseVerifierKey, type VerifierKey } from '../../domain/audit/signed-note.js';
import { isLifecycleError } from '../../domain/kernel/errors.js';

/** A verifier key on the command line. @throws InvalidArgumentError */
export function keyArgument(text: string): VerifierKey {
  try {
    return parseVerifierKey(text);
  } catch (error) {
    throw isLifecycleError(error, 'INVALID_INPUT') ? new InvalidArgumentError(error.message) : error;
  }
}
