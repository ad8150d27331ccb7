import { Command, Option } from 'commander';
import type { ChannelView } from '../../domain/api/notification.js';
import { DELIVERY_STATES } from '../../domain/kernel/states.js';
import { action, type Host } from '../action.js';
import { columns } from '../columns.js';
import { deliveryRow } from '../delivery-row.js';
import { ok } from '../outcome.js';
import { plainText } from '../plain-text.js';
import { examples } from './example.js';
import { addressCommand } from './notifications-address.js';
import { addCommand } from './notifications-add.js';

export const notificationsCommand = (host: Host): Command =>
  new Command('notifications')
    .description('tell people and systems what waits for them, by e-mail, Slack and webhooks')
    .addCommand(addCommand(host))
    .addCommand(addressCommand(host))
    .addCommand(listCommand(host))
    .addCommand(testCommand(host))
    .addCommand(deliveriesCommand(host))
    .addCommand(redeliverCommand(host))
    .addCommand(secretsCommand(host))
    .addCommand(removeCommand(host))
    .addHelpText('after', examples('assay notifications add email', 'assay notifications deliveries --state dead'));

const listCommand = (host: Host): Command =>
  new Command('list')
    .description('list where events of the project are told')
    .addHelpText('after', examples('assay notifications list'))
    .action(
      action<object, []>(host, async (context) => {
        const { channels } = await context.api().channels();
        return ok({ channels }, channels.length === 0 ? ['no channels'] : columns(channels.map(channelRow)));
      }),
    );

const channelRow = ({ id, url, mailboxes, people, events, secrets }: ChannelView): string[] => [
  id,
  [...(url === null ? [] : [url]), ...mailboxes, ...(people ? ['those that it waits for'] : []), ...secrets]
    .map(plainText)
    .join(' and '),
  events.join(','),
];

const testCommand = (host: Host): Command =>
  new Command('test')
    .description('send a message that tells of nothing, to try a channel')
    .argument('<channel>', 'the id of a channel')
    .addHelpText('after', examples('assay notifications test email-1'))
    .action(
      action<object, [string]>(host, async (context, _options, id) => {
        const delivery = await context.api().testChannel(id);
        return ok({ delivery }, [`${delivery.id} is on its way`, `see: assay notifications deliveries ${id}`]);
      }),
    );

const deliveriesCommand = (host: Host): Command =>
  new Command('deliveries')
    .description('list what was sent by a channel, or by all of the project, and what became of it')
    .argument('[channel]', 'the id of a channel')
    .addOption(new Option('--state <state>', 'only those in this state').choices(DELIVERY_STATES))
    .addHelpText(
      'after',
      examples('assay notifications deliveries email-1', 'assay notifications deliveries --state dead'),
    )
    .action(
      action<{ state?: string }, [string | undefined]>(host, async (context, { state }, id) => {
        const api = context.api();
        const { deliveries } =
          id === undefined ? await api.notifications({ state }) : await api.channelDeliveries(id, { state });
        const rows = deliveries.map((delivery) =>
          id === undefined ? [delivery.channel, ...deliveryRow(delivery)] : deliveryRow(delivery),
        );
        return ok({ deliveries }, rows.length === 0 ? ['no deliveries'] : columns(rows));
      }),
    );

const redeliverCommand = (host: Host): Command =>
  new Command('redeliver')
    .description('send a message again under the same id, also one that had arrived')
    .argument('<channel>', 'the id of a channel')
    .argument('<delivery>', 'the id of a delivery')
    .addHelpText('after', examples('assay notifications redeliver email-1 0d5f2a1e-4a53-4f0e-9d0c-4f1f5f0f7b7a'))
    .action(
      action<object, [string, string]>(host, async (context, _options, id, deliveryId) => {
        const delivery = await context.api().redeliverNotification(id, deliveryId);
        return ok({ delivery }, [`${delivery.id} is on its way again`]);
      }),
    );

const secretsCommand = (host: Host): Command =>
  new Command('secrets')
    .description('use other secrets from the next attempt on: the address of Slack, or what a webhook is signed with')
    .argument('<channel>', 'the id of a channel')
    .addOption(new Option('--secret <reference...>', 'by name, as ${secret:NAME}').makeOptionMandatory())
    .addHelpText('after', examples("assay notifications secrets slack-2 --secret '${secret:slack-2027}'"))
    .action(
      action<{ secret: string[] }, [string]>(host, async (context, { secret: secrets }, id) => {
        const channel = await context.api().changeChannelSecrets(id, { secrets });
        return ok({ channel }, [`${id} uses ${secrets.join(' and ')} from now on`]);
      }),
    );

const removeCommand = (host: Host): Command =>
  new Command('remove')
    .description('tell nothing more by a channel, not even what was on its way')
    .argument('<channel>', 'the id of a channel')
    .addHelpText('after', examples('assay notifications remove slack-2'))
    .action(
      action<object, [string]>(host, async (context, _options, id) => {
        const channel = await context.api().removeChannel(id);
        return ok({ channel }, [`${id} is removed`]);
      }),
    );
