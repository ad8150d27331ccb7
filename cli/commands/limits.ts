import { Command } from 'commander';
import type { AccountView } from '../../domain/api/limits.js';
import { action, type Host } from '../action.js';
import { columns } from '../columns.js';
import { ok } from '../outcome.js';
import { dueInWords } from '../time-words.js';
import { examples } from './example.js';

export const limitsCommand = (host: Host): Command =>
  new Command('limits')
    .description('show what is left of rates and places, and who waits')
    .addHelpText('after', examples('assay limits', 'assay limits --json'))
    .action(
      action<object, []>(host, async (context) => {
        const { accounts } = await context.api().limits();
        const lines = accounts.length === 0 ? ['no worker has asked for an account yet'] : columns(accounts.map(row));
        return ok({ accounts }, lines);
      }),
    );

const row = (view: AccountView): string[] => [
  view.account,
  rate('requests', view.limits.requestsPerMinute, view.requestsLeft),
  rate('tokens', view.limits.tokensPerMinute, view.tokensLeft),
  places('calls', { most: view.limits.concurrentRequests, taken: view.callsUnderWay, waiting: view.callsWaiting }),
  places('jobs', { most: view.limits.concurrentJobs, taken: view.jobs, waiting: view.jobsWaiting }),
  view.heldUntil === null ? '' : `asked to wait, ${dueInWords(view.heldUntil, Date.now()).replace('due in', 'for')}`,
];

const rate = (what: string, perMinute: number | undefined, left: number | null): string =>
  perMinute === undefined ? `${what} not limited` : `${what} ${perMinute}/min, ${Math.floor(left ?? 0)} at once`;

function places(what: string, { most, taken, waiting }: { most: number | undefined; taken: number; waiting: number }) {
  const said = most === undefined ? `${what} not limited` : `${what} ${taken} of ${most}`;
  return waiting === 0 ? said : `${said}, ${waiting} waiting`;
}
