import { Command } from 'commander';
import type { DelegationView } from '../../domain/api/delegation.js';
import { action, type Host } from '../action.js';
import { columns } from '../columns.js';
import { ok } from '../outcome.js';
import { plainText } from '../plain-text.js';
import { examples } from './example.js';

export const delegationsCommand = (host: Host): Command =>
  new Command('delegations')
    .description('the delegations that you gave or were given; take one back')
    .addCommand(listCommand(host), { isDefault: true })
    .addCommand(revokeCommand(host))
    .addHelpText('after', examples('assay delegations', 'assay delegations revoke delegation-3'));

const listCommand = (host: Host): Command =>
  new Command('list')
    .description('the delegations that you gave or were given')
    .addHelpText('after', examples('assay delegations list'))
    .action(
      action<object, []>(host, async (context) => {
        const { delegations } = await context.api().delegations();
        return ok({ delegations }, delegations.length === 0 ? ['no delegations'] : columns(delegations.map(row)));
      }),
    );

const revokeCommand = (host: Host): Command =>
  new Command('revoke')
    .description('take back a delegation')
    .argument('<delegation>', 'its id')
    .addHelpText('after', examples('assay delegations revoke delegation-3'))
    .action(
      action<object, [string]>(host, async (context, _options, id) => {
        const revoked = await context.api().revokeDelegation(id);
        return ok({ ...revoked }, [`${id} was taken back`]);
      }),
    );

const row = ({ id, delegator, delegate, role, from, until, revokedAt }: DelegationView): string[] => [
  id,
  `${plainText(delegator)} → ${plainText(delegate)}`,
  role,
  `${from.slice(0, 16)} to ${until.slice(0, 16)}`,
  revokedAt === null ? '' : `taken back ${revokedAt.slice(0, 16)}`,
];
