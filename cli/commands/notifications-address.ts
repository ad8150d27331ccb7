import { Command } from 'commander';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { action, type Host } from '../action.js';
import { ok } from '../outcome.js';
import { plainText } from '../plain-text.js';
import { examples } from './example.js';

export const addressCommand = (host: Host): Command =>
  new Command('address')
    .description('show where you get mail, or set it')
    .argument('[email]', 'your address')
    .option('--remove', 'get no mail any more')
    .addHelpText(
      'after',
      examples('assay notifications address ruth@example.com', 'assay notifications address --remove'),
    )
    .action(
      action<{ remove?: true }, [string | undefined]>(host, async (context, { remove }, email) => {
        if (remove === true && email !== undefined)
          throw new LifecycleError('INVALID_INPUT', 'Give an address or --remove, not both.');
        const api = context.api();
        const isChange = remove === true || email !== undefined;
        const address = isChange ? await api.changeAddress(email ?? null) : await api.address();
        const said = address.email === null ? 'gets no mail' : `gets mail at ${plainText(address.email)}`;
        return ok({ address }, [`${address.principal} ${said}`]);
      }),
    );
