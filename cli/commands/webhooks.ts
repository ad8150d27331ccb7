import { Command, Option } from 'commander';
import type { WebhookView } from '../../domain/api/webhook.js';
import { DELIVERY_STATES } from '../../domain/kernel/states.js';
import { NOTIFIED_EVENTS, type NotifiedEvent } from '../../domain/notifications/events.js';
import { action, type Host } from '../action.js';
import { columns } from '../columns.js';
import { commaSeparated } from '../comma-separated.js';
import { deliveryRow } from '../delivery-row.js';
import { ok } from '../outcome.js';
import { examples } from './example.js';

export const webhooksCommand = (host: Host): Command =>
  new Command('webhooks')
    .description('tell other systems what happens, by signed messages (Standard Webhooks)')
    .addCommand(addCommand(host))
    .addCommand(listCommand(host))
    .addCommand(removeCommand(host))
    .addCommand(secretsCommand(host))
    .addCommand(testCommand(host))
    .addCommand(deliveriesCommand(host))
    .addCommand(redeliverCommand(host))
    .addHelpText('after', examples('assay webhooks list', 'assay webhooks deliveries webhook-1 --state dead'));

const secretOption = (): Option =>
  new Option(
    '--secret <reference...>',
    'what messages are signed with, by name; two while receivers change over',
  ).makeOptionMandatory();

interface AddOptions {
  events: NotifiedEvent[];
  secret: string[];
}

const addCommand = (host: Host): Command =>
  new Command('add')
    .description('send events of the project to an address from now on')
    .argument('<url>', 'an https address')
    .addOption(
      new Option('--events <events>', `comma-separated: ${NOTIFIED_EVENTS.join(', ')}`)
        .argParser(commaSeparated)
        .makeOptionMandatory(),
    )
    .addOption(secretOption())
    .addHelpText(
      'after',
      examples(
        "assay webhooks add https://hooks.example.com/assay --events run.finished,approval.opened --secret '${secret:hooks}'",
      ),
    )
    .action(
      action<AddOptions, [string]>(host, async (context, { events, secret: secrets }, url) => {
        const webhook = await context.api().addWebhook({ url, events, secrets });
        return ok({ webhook }, [
          `${webhook.id} is told of ${events.join(', ')}`,
          `try it: assay webhooks test ${webhook.id}`,
        ]);
      }),
    );

const listCommand = (host: Host): Command =>
  new Command('list')
    .description('list where events of the project are sent')
    .addHelpText('after', examples('assay webhooks list'))
    .action(
      action<object, []>(host, async (context) => {
        const { webhooks } = await context.api().webhooks();
        return ok({ webhooks }, webhooks.length === 0 ? ['no webhooks'] : columns(webhooks.map(webhookRow)));
      }),
    );

const webhookRow = ({ id, url, events, secrets }: WebhookView): string[] => [
  id,
  url,
  events.join(','),
  secrets.join(' and '),
];

const removeCommand = (host: Host): Command =>
  new Command('remove')
    .description('send nothing more to an address, not even what was on its way')
    .argument('<webhook>', 'the id of a webhook')
    .addHelpText('after', examples('assay webhooks remove webhook-1'))
    .action(
      action<object, [string]>(host, async (context, _options, id) => {
        const webhook = await context.api().removeWebhook(id);
        return ok({ webhook }, [`${id} is removed`]);
      }),
    );

const secretsCommand = (host: Host): Command =>
  new Command('secrets')
    .description('sign with other secrets from the next attempt on')
    .argument('<webhook>', 'the id of a webhook')
    .addOption(secretOption())
    .addHelpText(
      'after',
      examples(
        "assay webhooks secrets webhook-1 --secret '${secret:hooks-2027}' '${secret:hooks}'",
        "assay webhooks secrets webhook-1 --secret '${secret:hooks-2027}'",
      ),
    )
    .action(
      action<{ secret: string[] }, [string]>(host, async (context, { secret: secrets }, id) => {
        const webhook = await context.api().changeWebhookSecrets(id, { secrets });
        return ok({ webhook }, [`${id} is signed with ${secrets.join(' and ')} from now on`]);
      }),
    );

const testCommand = (host: Host): Command =>
  new Command('test')
    .description('send a message that tells of nothing, to try an address')
    .argument('<webhook>', 'the id of a webhook')
    .addHelpText('after', examples('assay webhooks test webhook-1'))
    .action(
      action<object, [string]>(host, async (context, _options, id) => {
        const delivery = await context.api().testWebhook(id);
        return ok({ delivery }, [`${delivery.id} is on its way`, `see: assay webhooks deliveries ${id}`]);
      }),
    );

const deliveriesCommand = (host: Host): Command =>
  new Command('deliveries')
    .description('list what was sent to an address, and what became of it')
    .argument('<webhook>', 'the id of a webhook')
    .addOption(new Option('--state <state>', 'only those in this state').choices(DELIVERY_STATES))
    .addHelpText(
      'after',
      examples('assay webhooks deliveries webhook-1', 'assay webhooks deliveries webhook-1 --state dead'),
    )
    .action(
      action<{ state?: string }, [string]>(host, async (context, { state }, id) => {
        const { deliveries } = await context.api().webhookDeliveries(id, { state });
        return ok({ deliveries }, deliveries.length === 0 ? ['no deliveries'] : columns(deliveries.map(deliveryRow)));
      }),
    );

const redeliverCommand = (host: Host): Command =>
  new Command('redeliver')
    .description('send a message again under the same id, also one that had arrived')
    .argument('<webhook>', 'the id of a webhook')
    .argument('<delivery>', 'the id of a delivery')
    .addHelpText('after', examples('assay webhooks redeliver webhook-1 0d5f2a1e-4a53-4f0e-9d0c-4f1f5f0f7b7a'))
    .action(
      action<object, [string, string]>(host, async (context, _options, id, deliveryId) => {
        const delivery = await context.api().redeliver(id, deliveryId);
        return ok({ delivery }, [`${delivery.id} is on its way again`]);
      }),
    );
