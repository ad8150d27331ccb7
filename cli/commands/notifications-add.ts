import { Command, Option } from 'commander';
import type { AddChannel, ChannelView } from '../../domain/api/notification.js';
import { EVENTS_FOR_PEOPLE, NOTIFIED_EVENTS, type NotifiedEvent } from '../../domain/notifications/events.js';
import { action, type CommandContext, type Host } from '../action.js';
import { commaSeparated } from '../comma-separated.js';
import { ok, type CommandOutcome } from '../outcome.js';
import { examples } from './example.js';

export const addCommand = (host: Host): Command =>
  new Command('add')
    .description('tell events of the project from now on')
    .addCommand(addEmailCommand(host))
    .addCommand(addSlackCommand(host))
    .addCommand(addWebhookCommand(host))
    .addHelpText(
      'after',
      examples('assay notifications add email', "assay notifications add slack --secret '${secret:slack}'"),
    );

interface Events {
  events?: NotifiedEvent[];
}

const eventsOption = (): Option =>
  new Option(
    '--events <events>',
    `comma-separated, of ${NOTIFIED_EVENTS.join(', ')} (default for people: ${EVENTS_FOR_PEOPLE.join(', ')})`,
  ).argParser(commaSeparated);

const chosen = ({ events }: Events) => (events === undefined ? {} : { events });

async function add(context: CommandContext, asked: AddChannel): Promise<CommandOutcome> {
  const channel = await context.api().addChannel(asked);
  const { id, events } = channel;
  return ok({ channel }, [
    `${id} tells ${whom(channel)} of ${events.join(', ')}`,
    `try it: assay notifications test ${id}`,
  ]);
}

function whom({ kind, url, mailboxes, people }: ChannelView): string {
  if (kind === 'webhook') return url ?? '';
  if (kind === 'slack') return 'Slack';
  return [...mailboxes, ...(people ? ['those that it waits for'] : [])].join(', ');
}

const addEmailCommand = (host: Host): Command =>
  new Command('email')
    .description('by e-mail: to those that something waits for, at the addresses that they set, and to mailboxes')
    .option('--to <addresses>', 'mailboxes that hear of everything, comma-separated', commaSeparated)
    .option('--no-people', 'to the mailboxes alone')
    .addOption(eventsOption())
    .addHelpText(
      'after',
      examples(
        'assay notifications add email',
        'assay notifications add email --to ml-team@example.com --no-people --events approval.closed,alias.moved',
      ),
    )
    .action(
      action<Events & { to?: string[]; people: boolean }, []>(
        host,
        async (context, { to: mailboxes = [], ...options }) =>
          add(context, { kind: 'email', mailboxes, people: options.people, ...chosen(options) }),
      ),
    );

const addSlackCommand = (host: Host): Command =>
  new Command('slack')
    .description('in Slack, by the address of an incoming webhook, which is a secret of the worker')
    .addOption(
      new Option('--secret <reference>', 'the secret that holds the address, as ${secret:NAME}').makeOptionMandatory(),
    )
    .addOption(eventsOption())
    .addHelpText('after', examples("assay notifications add slack --secret '${secret:slack}'"))
    .action(
      action<Events & { secret: string }, []>(host, async (context, { secret, ...options }) =>
        add(context, { kind: 'slack', secrets: [secret], ...chosen(options) }),
      ),
    );

const addWebhookCommand = (host: Host): Command =>
  new Command('webhook')
    .description('to another system, by signed messages (Standard Webhooks); "assay webhooks add" is the same')
    .argument('<url>', 'an https address')
    .addOption(eventsOption().makeOptionMandatory())
    .addOption(new Option('--secret <reference...>', 'what messages are signed with, by name').makeOptionMandatory())
    .addHelpText(
      'after',
      examples(
        "assay notifications add webhook https://hooks.example.com/assay --events run.finished --secret '${secret:hooks}'",
      ),
    )
    .action(
      action<Required<Events> & { secret: string[] }, [string]>(
        host,
        async (context, { events, secret: secrets }, url) => add(context, { kind: 'webhook', url, secrets, events }),
      ),
    );
