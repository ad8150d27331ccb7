import type { Host } from '../action.js';
import { decideCommand } from '../decide.js';

/** `assay approve` and the other things that people can say of a request. */
export const approveCommand = (host: Host) =>
  decideCommand(host, 'approve', {
    description: 'approve a request',
    example: 'assay approve request-3 --role legal --reason "scores and data reviewed"',
  });

export const rejectCommand = (host: Host) =>
  decideCommand(host, 'reject', {
    description: 'reject a request',
    example: 'assay reject request-3 --role legal --reason "the rights to the data are not settled"',
  });

export const requestChangesCommand = (host: Host) =>
  decideCommand(host, 'request-changes', {
    description: 'ask for changes: the run ends, and is forked with what was mended',
    example: 'assay request-changes request-3 --reason "the notice to users does not name the vendor"',
  });

export const abstainCommand = (host: Host) =>
  decideCommand(host, 'abstain', {
    description: 'say neither yes nor no',
    example: 'assay abstain request-3 --reason "I know the authors of the data too well"',
  });

export const withdrawCommand = (host: Host) =>
  decideCommand(host, 'withdraw', {
    description: 'take back what you said, while the request is open',
    example: 'assay withdraw request-3 --reason "the new figures change my mind"',
  });
