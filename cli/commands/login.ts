import { hostname } from 'node:os';
import { Command, Option } from 'commander';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { action, type Host } from '../action.js';
import { readCredentials, removeCredentials, writeCredentials } from '../credentials.js';
import { commaSeparated } from '../comma-separated.js';
import { ok } from '../outcome.js';
import { pollDevice } from '../poll-device.js';
import { untilInterrupted } from '../until-interrupted.js';
import { examples } from './example.js';

const SCOPES = ['read', 'write', 'approve'] as const;
type Scope = (typeof SCOPES)[number];

export const loginCommand = (host: Host): Command =>
  new Command('login')
    .description('let this command line speak for you: confirm a code in the browser, once every 12 hours')
    .addOption(
      new Option('--scopes <scopes>', `what it may do: ${SCOPES.join(', ')}`)
        .default([...SCOPES], 'all')
        .argParser(commaSeparated),
    )
    .addHelpText('after', examples('assay login --api-url https://assay.example.com', 'assay login --scopes read'))
    .action(
      action<{ scopes: string[] }, []>(host, async (context, { scopes }) => {
        const { terminal, home } = context;
        const api = context.api();
        const label = `assay on ${hostname()}`.slice(0, 100);
        const device = await api.startDevice({ label, scopes: scopes as Scope[] });
        terminal.note(`Open ${device.verificationUriComplete}`);
        terminal.note(`sign in there, and confirm the code ${device.userCode}`);
        const granted = await untilInterrupted(
          (signal) => pollDevice(api, device, signal),
          () => terminal.note('nothing was confirmed; run the command again'),
        );
        if ('exitCode' in granted) return granted;
        const { token, principal, expiresAt } = granted;
        const { apiUrl } = context.connection();
        writeCredentials(home, { apiUrl, principal, token, expiresAt });
        return ok({ principal, apiUrl, scopes: granted.scopes, expiresAt }, [
          `you are ${principal} at ${apiUrl} until ${expiresAt}`,
        ]);
      }),
    );

export const logoutCommand = (host: Host): Command =>
  new Command('logout')
    .description('revoke the token of `assay login` and forget it')
    .addHelpText('after', examples('assay logout'))
    .action(
      action<object, []>(host, async (context) => {
        const known = readCredentials(context.home);
        if (known === undefined)
          throw new LifecycleError('NOT_FOUND', 'Nobody is logged in here: `assay login` does it.');
        const { apiUrl, token, principal } = known;
        await context.apiAt({ apiUrl, token }).signOut().catch(passUnknown);
        removeCredentials(context.home);
        return ok({ principal, apiUrl }, [`${principal} is logged out at ${apiUrl}`]);
      }),
    );

/** A token that counts no more is as good as revoked. */
function passUnknown(error: unknown): void {
  const status = error instanceof LifecycleError ? error.details['status'] : undefined;
  if (status !== 401 && status !== 403) throw error;
}
