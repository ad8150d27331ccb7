import { Command } from 'commander';
import { action, type Host } from '../action.js';
import { columns } from '../columns.js';
import { ok } from '../outcome.js';
import { examples } from './example.js';

export const whoamiCommand = (host: Host): Command =>
  new Command('whoami')
    .description('say who you are to the api, and what you may do')
    .addHelpText('after', examples('assay whoami', 'assay whoami --as demo-ruth'))
    .action(
      action<object, []>(host, async (context) => {
        const me = await context.api().whoami();
        const roles = Object.entries(byProject(me.roles)).map(([project, held]) => `${held.join(', ')} in ${project}`);
        const rows = [
          ['who', `${me.principal} (${me.displayName})`],
          ['kind', `${me.kind}${me.isDemo ? ', of the demonstration' : ''}`],
          ['api', context.connection().apiUrl],
          ['by', `${me.via}, proved by ${me.method} at ${me.authenticatedAt}`],
          ['scopes', me.scopes.join(', ')],
          ['roles', roles.join('; ') || 'none'],
          ...(me.isInstallationAdmin ? [['admin', 'of the installation']] : []),
        ];
        return ok({ ...me }, columns(rows));
      }),
    );

function byProject(roles: readonly { project: string; role: string }[]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { project, role } of roles) (found[project] ??= []).push(role);
  return found;
}
