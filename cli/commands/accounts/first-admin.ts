import { Command } from 'commander';
import { action, type Host } from '../../action.js';
import { writeCredentials } from '../../credentials.js';
import { runInForeground } from '../../foreground.js';
import { ok } from '../../outcome.js';
import { readPassword } from '../../read-password.js';
import { examples } from '../example.js';

export const bootstrapCommand = (host: Host): Command =>
  new Command('bootstrap')
    .description('print a code that makes the first admin, once, within an hour; needs the owner of the database')
    .addHelpText('after', examples('ASSAY_OWNER_DATABASE_URL=postgres://… assay accounts bootstrap'))
    .action(action(host, async () => ({ exitCode: await runInForeground('db/bootstrap/main') })));

interface ClaimOptions {
  code: string;
  name: string;
}

export const claimCommand = (host: Host): Command =>
  new Command('claim')
    .description('become the first admin by the code of `assay accounts bootstrap`; the password comes from stdin')
    .argument('<account>', 'what you are called everywhere, for good')
    .requiredOption('--code <code>', 'what `assay accounts bootstrap` printed')
    .requiredOption('--name <text>', 'what is shown')
    .addHelpText('after', examples('assay accounts claim olga --code K7QM-2XNP-9RTD-4HWB --name "Olga Brandt"'))
    .action(
      action<ClaimOptions, [string]>(host, async (context, { code, name: displayName }, account) => {
        const password = await readPassword('A password of at least 12 characters:', context.terminal);
        const made = await context.api().bootstrap({ code, account, displayName, password });
        const { principal, token, expiresAt } = made;
        const { apiUrl } = context.connection();
        writeCredentials(context.home, { apiUrl, principal, token, expiresAt });
        return ok({ principal, apiUrl, expiresAt }, [
          `${principal} is the first admin, and logged in here until ${expiresAt}`,
          'next: assay accounts add-project <name>',
        ]);
      }),
    );

export const setPasswordCommand = (host: Host): Command =>
  new Command('set-password')
    .description('set your password by a code that an admin gave you; the password comes from stdin')
    .requiredOption('--code <code>', 'what the admin gave you')
    .addHelpText('after', examples('assay accounts set-password --code K7QM-2XNP-9RTD-4HWB'))
    .action(
      action<{ code: string }, []>(host, async (context, { code }) => {
        const password = await readPassword('A password of at least 12 characters:', context.terminal);
        const set = await context.api().setPassword({ code, password });
        return ok({ ...set }, [`the password of ${set.principal} is set`]);
      }),
    );
