import { Command } from 'commander';
import type { Host } from '../../action.js';
import { examples } from '../example.js';
import { bootstrapCommand, claimCommand, setPasswordCommand } from './first-admin.js';
import { addCommand, codeCommand, deactivateCommand, listCommand, reactivateCommand } from './people.js';
import { addProjectCommand, projectsCommand } from './projects.js';
import { adminCommand, declareRoleCommand, grantCommand, revokeCommand, rolesCommand } from './roles.js';

export const accountsCommand = (host: Host): Command =>
  new Command('accounts')
    .description('people, services, projects, and who may what')
    .addCommand(listCommand(host))
    .addCommand(addCommand(host))
    .addCommand(codeCommand(host))
    .addCommand(setPasswordCommand(host))
    .addCommand(deactivateCommand(host))
    .addCommand(reactivateCommand(host))
    .addCommand(rolesCommand(host))
    .addCommand(grantCommand(host))
    .addCommand(revokeCommand(host))
    .addCommand(declareRoleCommand(host))
    .addCommand(projectsCommand(host))
    .addCommand(addProjectCommand(host))
    .addCommand(adminCommand(host))
    .addCommand(bootstrapCommand(host))
    .addCommand(claimCommand(host))
    .addHelpText(
      'after',
      examples('assay accounts add ruth --name "Ruth Weber"', 'assay accounts grant ruth risk --project inbox'),
    );
