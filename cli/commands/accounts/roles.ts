import { Command } from 'commander';
import { action, type Host } from '../../action.js';
import { columns } from '../../columns.js';
import { ok } from '../../outcome.js';
import { examples } from '../example.js';

interface ProjectOption {
  project?: string;
}
const PROJECT = ['--project <name>', 'which one, where you have a part in several'] as const;

export const rolesCommand = (host: Host): Command =>
  new Command('roles')
    .description('list the roles of a project and who holds them')
    .option(...PROJECT)
    .addHelpText('after', examples('assay accounts roles --project inbox'))
    .action(
      action<ProjectOption, []>(host, async (context, { project }) => {
        const roles = await context.api().roles({ project });
        const meaning = (role: string): string => roles.own.find(({ name }) => name === role)?.meaning ?? '';
        const names = [...roles.builtIn, ...roles.own.map(({ name }) => name)];
        const holders = (role: string): string =>
          roles.holders.flatMap((held) => (held.role === role ? [held.principal] : [])).join(', ');
        return ok({ ...roles }, columns(names.map((role) => [role, holders(role) || 'nobody', meaning(role)])));
      }),
    );

export const grantCommand = (host: Host): Command =>
  new Command('grant')
    .description('give somebody else a role in a project')
    .argument('<principal>', 'a person or a service')
    .argument('<role>', 'a built-in role, or one of the project’s own')
    .option(...PROJECT)
    .addHelpText('after', examples('assay accounts grant ruth risk --project inbox'))
    .action(
      action<ProjectOption, [string, string]>(host, async (context, { project }, principal, role) => {
        const grant = await context.api().grantRole({ principal, role }, { project });
        return ok({ ...grant }, [`${principal} holds ${role} in ${grant.project}`]);
      }),
    );

export const revokeCommand = (host: Host): Command =>
  new Command('revoke')
    .description('take a role from somebody')
    .argument('<principal>', 'a person or a service')
    .argument('<role>', 'the role')
    .option(...PROJECT)
    .addHelpText('after', examples('assay accounts revoke ruth risk --project inbox'))
    .action(
      action<ProjectOption, [string, string]>(host, async (context, { project }, principal, role) => {
        const grant = await context.api().revokeRole({ principal, role }, { project });
        return ok({ ...grant }, [`${principal} does not hold ${role} in ${grant.project}`]);
      }),
    );

export const declareRoleCommand = (host: Host): Command =>
  new Command('declare-role')
    .description("add a role of the project's own, which policies may name")
    .argument('<name>', 'e.g. clinical-safety')
    .requiredOption('--meaning <text>', 'what its holders judge')
    .option(...PROJECT)
    .addHelpText(
      'after',
      examples('assay accounts declare-role clinical-safety --meaning "Judges the risk to patients." --project inbox'),
    )
    .action(
      action<ProjectOption & { meaning: string }, [string]>(host, async (context, { project, meaning }, name) => {
        const role = await context.api().declareRole({ name, meaning }, { project });
        return ok({ ...role }, [`${role.project} has the role ${name}`]);
      }),
    );

export const adminCommand = (host: Host): Command =>
  new Command('admin')
    .description('make a person an admin of the installation, or take it from them')
    .argument('<person>', 'who makes projects and people')
    .option('--revoke', 'take it from them')
    .addHelpText('after', examples('assay accounts admin olga', 'assay accounts admin olga --revoke'))
    .action(
      action<{ revoke?: boolean }, [string]>(host, async (context, { revoke = false }, principal) => {
        const api = context.api();
        await (revoke ? api.revokeAdmin({ principal }) : api.grantAdmin({ principal }));
        return ok({ principal, isInstallationAdmin: !revoke }, [
          `${principal} is ${revoke ? 'no' : 'an'} admin of the installation`,
        ]);
      }),
    );
