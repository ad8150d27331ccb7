import { Command, InvalidArgumentError, Option } from 'commander';
import type { CreateToken, TokenList } from '../../domain/api/token.js';
import { action, type Host } from '../action.js';
import { columns } from '../columns.js';
import { commaSeparated } from '../comma-separated.js';
import { ok } from '../outcome.js';
import { examples } from './example.js';

export const tokensCommand = (host: Host): Command =>
  new Command('tokens')
    .description('list, make and revoke tokens of the api')
    .addCommand(listCommand(host))
    .addCommand(createCommand(host))
    .addCommand(revokeCommand(host))
    .addHelpText(
      'after',
      examples('assay tokens list', 'assay tokens create --label ci --scopes read,write --days 30'),
    );

const listCommand = (host: Host): Command =>
  new Command('list')
    .description('list your tokens, or those of somebody as an admin of the installation')
    .option('--principal <id>', 'whose')
    .addHelpText('after', examples('assay tokens list', 'assay tokens list --principal nightly'))
    .action(
      action<{ principal?: string }, []>(host, async (context, { principal }) => {
        const { tokens } = await context.api().tokens({ principal });
        return ok({ tokens }, tokens.length === 0 ? ['no tokens'] : columns(tokens.map(row)));
      }),
    );

const row = ({ id, label, scopes, expiresAt, lastUsedAt, isThis }: TokenList['tokens'][number]): string[] => [
  id,
  label,
  scopes.join(','),
  `until ${expiresAt}`,
  lastUsedAt === null ? 'never used' : `used ${lastUsedAt}`,
  isThis ? 'this one' : '',
];

interface CreateOptions {
  label: string;
  scopes: string[];
  days?: number;
  for?: string;
}

const createCommand = (host: Host): Command =>
  new Command('create')
    .description('make a token for yourself, or for a service as an admin of the installation; it is shown once')
    .requiredOption('--label <text>', 'what it is for')
    .addOption(
      new Option('--scopes <scopes>', 'comma-separated: read, write, approve; or gateway alone')
        .argParser(commaSeparated)
        .makeOptionMandatory(),
    )
    .addOption(new Option('--days <n>', 'how long it counts, up to 365 (default: 90)').argParser(wholeDays))
    .option('--for <service>', 'a service')
    .addHelpText(
      'after',
      examples(
        'assay tokens create --label laptop --scopes read',
        'assay tokens create --for inbox --label inbox --scopes gateway --days 365',
      ),
    )
    .action(
      action<CreateOptions, []>(host, async (context, { label, scopes, days, for: service }) => {
        const asked = {
          label,
          scopes,
          ...(days !== undefined && { expiresInDays: days }),
          ...(service !== undefined && { for: service }),
        };
        const made = await context.api().createToken(asked as CreateToken);
        context.terminal.note(`${made.id} of ${made.principal} counts until ${made.expiresAt}; it is shown this once:`);
        return ok({ token: made }, [made.token]);
      }),
    );

function wholeDays(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number of days, up to 365.');
}

const revokeCommand = (host: Host): Command =>
  new Command('revoke')
    .description('revoke a token: it opens nothing from the next request on')
    .argument('<token>', 'the id of a token, not the token itself')
    .addHelpText('after', examples('assay tokens revoke 0d5f2a1e-4a53-4f0e-9d0c-4f1f5f0f7b7a'))
    .action(
      action<object, [string]>(host, async (context, _options, id) => {
        await context.api().revokeToken(id);
        return ok({ id }, [`${id} is revoked`]);
      }),
    );
