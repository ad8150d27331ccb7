import { Command } from 'commander';
import { action, type Host } from '../../action.js';
import { ok } from '../../outcome.js';
import { examples } from '../example.js';

export const projectsCommand = (host: Host): Command =>
  new Command('projects')
    .description('list the projects in which you have a part; as an admin of the installation, all')
    .addHelpText('after', examples('assay accounts projects'))
    .action(
      action<object, []>(host, async (context) => {
        const { projects } = await context.api().projects();
        return ok({ projects }, projects.length === 0 ? ['no projects'] : projects);
      }),
    );

export const addProjectCommand = (host: Host): Command =>
  new Command('add-project')
    .description('make a project; you are its admin and first author')
    .argument('<name>', 'its name, for good')
    .addHelpText('after', examples('assay accounts add-project inbox'))
    .action(
      action<object, [string]>(host, async (context, _options, id) => {
        await context.api().createProject({ id });
        return ok({ id }, [`project ${id} is there, and you are its admin`]);
      }),
    );
