import { Command, Option } from 'commander';
import type { CreatePrincipal, PrincipalList } from '../../../domain/api/principal.js';
import { action, type Host } from '../../action.js';
import { columns } from '../../columns.js';
import { ok } from '../../outcome.js';
import { examples } from '../example.js';

export const listCommand = (host: Host): Command =>
  new Command('list')
    .description('list people and services with their roles')
    .addHelpText('after', examples('assay accounts list'))
    .action(
      action<object, []>(host, async (context) => {
        const { principals } = await context.api().principals();
        return ok({ principals }, columns(principals.map(row)));
      }),
    );

const row = (one: PrincipalList['principals'][number]): string[] => [
  one.id,
  one.kind,
  one.displayName,
  one.roles.map(({ project, role }) => `${role}@${project}`).join(' ') || 'no role',
  one.isInstallationAdmin ? 'admin of the installation' : '',
  one.deactivatedAt === null ? '' : `deactivated ${one.deactivatedAt}`,
];

interface AddOptions {
  name: string;
  kind: CreatePrincipal['kind'];
  email?: string;
}

export const addCommand = (host: Host): Command =>
  new Command('add')
    .description('make a person or a service, who may nothing yet')
    .argument('<id>', 'what they are called everywhere, for good')
    .requiredOption('--name <text>', 'what is shown')
    .addOption(new Option('--kind <kind>', 'a person or a service').choices(['person', 'service']).default('person'))
    .option('--email <address>', 'who signs in at the identity provider with this verified address is this person')
    .addHelpText(
      'after',
      examples(
        'assay accounts add ruth --name "Ruth Weber" --email ruth@example.com',
        'assay accounts add inbox --name Inbox --kind service',
      ),
    )
    .action(
      action<AddOptions, [string]>(host, async (context, { name: displayName, kind, email }, id) => {
        await context.api().createPrincipal({ id, kind, displayName, ...(email !== undefined && { email }) });
        const next = kind === 'service' ? `assay tokens create --for ${id}` : `assay accounts code ${id}`;
        return ok({ id }, [`${id} is there`, `next: assay accounts grant ${id} <role>; ${next}`]);
      }),
    );

export const codeCommand = (host: Host): Command =>
  new Command('code')
    .description('issue a code by which a person sets their password; it counts once, for three days')
    .argument('<person>', 'whom you give it to')
    .addHelpText('after', examples('assay accounts code ruth'))
    .action(
      action<object, [string]>(host, async (context, _options, id) => {
        const issued = await context.api().issueCode(id);
        context.terminal.note(`${id} sets a password with it until ${issued.expiresAt}: assay accounts set-password`);
        return ok({ ...issued }, [issued.code]);
      }),
    );

export const deactivateCommand = (host: Host): Command =>
  new Command('deactivate')
    .description('end at once all that somebody may do: roles, tokens, sessions')
    .argument('<id>', 'a person or a service')
    .addHelpText('after', examples('assay accounts deactivate ruth'))
    .action(
      action<object, [string]>(host, async (context, _options, id) => {
        await context.api().deactivatePrincipal(id);
        return ok({ id }, [`${id} may nothing any more`]);
      }),
    );

export const reactivateCommand = (host: Host): Command =>
  new Command('reactivate')
    .description('let somebody sign in again; roles are granted anew')
    .argument('<id>', 'a person or a service')
    .addHelpText('after', examples('assay accounts reactivate ruth'))
    .action(
      action<object, [string]>(host, async (context, _options, id) => {
        await context.api().reactivatePrincipal(id);
        return ok({ id }, [`${id} may sign in, without a role`]);
      }),
    );
