import type { Command } from 'commander';
import type { Host } from '../action.js';
import { accountsCommand } from './accounts/accounts.js';
import { approvalsCommand } from './approvals.js';
import { auditCommand } from './audit.js';
import { checkCommand } from './check.js';
import { checklistCommand } from './checklist.js';
import { cancelCommand, pauseCommand, resumeCommand } from './command-run.js';
import { completionCommand } from './completion.js';
import { configCommand } from './config.js';
import { abstainCommand, approveCommand, rejectCommand, requestChangesCommand, withdrawCommand } from './decisions.js';
import { delegateCommand } from './delegate.js';
import { delegationsCommand } from './delegations.js';
import { demoCommand } from './demo.js';
import { devCommand } from './dev.js';
import { doctorCommand } from './doctor.js';
import { cardCommand, datasheetCommand } from './documents.js';
import { apiCommand, gatewayCommand, migrateCommand, providerCommand, workerCommand } from './foreground-commands.js';
import { forkCommand } from './fork.js';
import { initCommand } from './init.js';
import { loginCommand, logoutCommand } from './login.js';
import { logsCommand } from './logs.js';
import { limitsCommand } from './limits.js';
import { modelsCommand } from './models.js';
import { notificationsCommand } from './notifications.js';
import { planCommand } from './plan.js';
import { policyCommand } from './policy.js';
import { promptsCommand } from './prompts.js';
import { recreateCommand } from './recreate.js';
import { retryCommand } from './retry.js';
import { runCommand } from './run.js';
import { runsCommand } from './runs.js';
import { scheduleCommand } from './schedule.js';
import { showCommand } from './show.js';
import { tasksCommand } from './tasks.js';
import { tokensCommand } from './tokens.js';
import { waiveCommand } from './waive.js';
import { watchCommand } from './watch.js';
import { webhooksCommand } from './webhooks.js';
import { whoamiCommand } from './whoami.js';

/** The subcommands in the order in which help lists them. */
export const COMMANDS: readonly { make: (host: Host) => Command; isHidden?: boolean }[] = [
  { make: demoCommand },
  { make: devCommand },
  { make: doctorCommand },
  { make: initCommand },
  { make: configCommand },
  { make: planCommand },
  { make: checkCommand },
  { make: runCommand },
  { make: watchCommand },
  { make: logsCommand },
  { make: runsCommand },
  { make: showCommand },
  { make: retryCommand },
  { make: forkCommand },
  { make: pauseCommand },
  { make: resumeCommand },
  { make: cancelCommand },
  { make: scheduleCommand },
  { make: tasksCommand },
  { make: approvalsCommand },
  { make: approveCommand },
  { make: rejectCommand },
  { make: requestChangesCommand },
  { make: abstainCommand },
  { make: withdrawCommand },
  { make: waiveCommand },
  { make: delegateCommand },
  { make: delegationsCommand },
  { make: policyCommand },
  { make: promptsCommand },
  { make: modelsCommand },
  { make: recreateCommand },
  { make: checklistCommand },
  { make: cardCommand },
  { make: datasheetCommand },
  { make: auditCommand },
  { make: loginCommand },
  { make: logoutCommand },
  { make: whoamiCommand },
  { make: tokensCommand },
  { make: accountsCommand },
  { make: notificationsCommand },
  { make: webhooksCommand },
  { make: limitsCommand },
  { make: apiCommand },
  { make: workerCommand },
  { make: gatewayCommand },
  { make: migrateCommand },
  { make: completionCommand },
  { make: providerCommand, isHidden: true },
];
