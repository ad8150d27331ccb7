import { Command, Option } from 'commander';
import type { ScheduleRequest } from '../../domain/api/schedule.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { OVERLAP_POLICIES, type OverlapPolicy } from '../../domain/kernel/states.js';
import { parseDuration } from '../../domain/kernel/units/duration.js';
import { action, type CommandContext, type Host } from '../action.js';
import { columns } from '../columns.js';
import { confirm } from '../confirm.js';
import { loadLifecycleFiles } from '../load-lifecycle-files.js';
import { registeredBy } from '../registered.js';
import { ok, type CommandOutcome } from '../outcome.js';
import { ownCommand } from '../own-command.js';
import { previewLines, scheduleLines, scheduleRow } from '../schedule/schedule-lines.js';
import { examples } from './example.js';

interface TimingOptions {
  cron?: string;
  timeZone?: string;
  jitter?: string;
  overlap?: OverlapPolicy;
  catchUp?: string;
}

const FILE = '-f, --file <path...>';
const FILE_MEANS = 'the lifecycle file; later files lie over earlier ones';

export const scheduleCommand = (host: Host): Command =>
  new Command('schedule')
    .description('run a lifecycle by the clock')
    .addCommand(createCommand(host))
    .addCommand(listCommand(host))
    .addCommand(showCommand(host))
    .addCommand(simpleCommand(host, 'pause', 'start nothing more until it is resumed'))
    .addCommand(simpleCommand(host, 'resume', 'let a paused schedule start runs again'))
    .addCommand(triggerCommand(host))
    .addCommand(updateCommand(host))
    .addCommand(simpleCommand(host, 'delete', 'remove a schedule; runs that it started go on'))
    .addCommand(backfillCommand(host))
    .addHelpText(
      'after',
      examples(
        'assay schedule create -f assay.yaml --cron "0 3 * * 1" --time-zone Europe/Berlin',
        'assay schedule backfill email-triage --from 2026-03-01T00:00:00Z --to 2026-03-08T00:00:00Z --preview',
      ),
    );

const overlapOption = (means: string): Option => new Option('--overlap <policy>', means).choices(OVERLAP_POLICIES);

const withTiming = (command: Command): Command =>
  command
    .option('--jitter <duration>', 'start each run up to so much later, at random, e.g. 10m')
    .addOption(overlapOption('what happens to a time that comes while the last run goes on; default: skip'))
    .option('--catch-up <duration>', 'start what was missed for no longer than this, e.g. 6h; default: 1h');

const createCommand = (host: Host): Command =>
  withTiming(
    new Command('create')
      .description('run a lifecycle by the clock, in your name')
      .argument('[schedule]', "the schedule's name; default: the lifecycle's")
      .requiredOption(FILE, FILE_MEANS)
      .requiredOption('--cron <fields>', 'five fields in numbers: minute, hour, day of month, month, day of week')
      .requiredOption('--time-zone <zone>', 'whose clock, e.g. UTC or Europe/Berlin'),
  )
    .addHelpText('after', examples('assay schedule create nightly -f assay.yaml --cron "0 3 * * *" --time-zone UTC'))
    .action(
      action<TimingOptions & { file: string[]; cron: string; timeZone: string }, [string?]>(
        host,
        async (context, { file, cron, timeZone, ...options }, given) => {
          const { plan } = await loadLifecycleFiles(file, registeredBy(context.api));
          const id = given ?? plan.name;
          const asked = { id, plan: { ...plan }, cron, timeZone, ...timingOf(options) };
          const change = await context.api().createSchedule(asked);
          context.terminal.note(`See its next times with: ${ownCommand()} schedule show ${id}`);
          return ok({ ...change }, [`schedule ${id} is on file (${change.commandId})`]);
        },
      ),
    );

const updateCommand = (host: Host): Command =>
  withTiming(
    new Command('update')
      .description('change what is given; with a file its runs are in your name from then on')
      .argument('<schedule>', 'the name of the schedule')
      .option(FILE, FILE_MEANS)
      .option('--cron <fields>', 'five fields in numbers')
      .option('--time-zone <zone>', 'whose clock'),
  )
    .addHelpText('after', examples('assay schedule update nightly --cron "30 4 * * *" --overlap buffer-one'))
    .action(
      action<TimingOptions & { file?: string[] }, [string]>(host, async (context, { file, ...options }, id) => {
        const plan =
          file === undefined ? {} : { plan: { ...(await loadLifecycleFiles(file, registeredBy(context.api))).plan } };
        const changes = { ...timingOf(options), ...plan };
        if (Object.keys(changes).length === 0)
          throw new LifecycleError('INVALID_INPUT', 'Say what to change: --file, --cron, --time-zone, …');
        return send(context, id, { kind: 'update', ...changes });
      }),
    );

function timingOf({ cron, timeZone, jitter, overlap, catchUp }: TimingOptions) {
  return {
    ...(cron !== undefined && { cron }),
    ...(timeZone !== undefined && { timeZone }),
    ...(jitter !== undefined && { jitterMilliseconds: parseDuration(jitter) }),
    ...(overlap !== undefined && { overlap }),
    ...(catchUp !== undefined && { catchUpMilliseconds: parseDuration(catchUp) }),
  };
}

const listCommand = (host: Host): Command =>
  new Command('list')
    .description('list schedules, and when each is due next')
    .addHelpText('after', examples('assay schedule list', 'assay schedule list --json'))
    .action(
      action<object, []>(host, async (context) => {
        const { schedules } = await context.api().schedules();
        const lines = schedules.length === 0 ? ['no schedules'] : columns(schedules.map(scheduleRow));
        return ok({ schedules }, lines);
      }),
    );

const showCommand = (host: Host): Command =>
  new Command('show')
    .description('show a schedule: its next times and its latest runs')
    .argument('<schedule>', 'the name of the schedule')
    .addHelpText('after', examples('assay schedule show nightly'))
    .action(
      action<object, [string]>(host, async (context, _options, id) => {
        const schedule = await context.api().schedule(id);
        return ok({ schedule }, scheduleLines(schedule));
      }),
    );

const simpleCommand = (host: Host, kind: 'pause' | 'resume' | 'delete', means: string): Command =>
  new Command(kind)
    .description(means)
    .argument('<schedule>', 'the name of the schedule')
    .addHelpText('after', examples(`assay schedule ${kind} nightly`))
    .action(action<object, [string]>(host, (context, _options, id) => send(context, id, { kind })));

const triggerCommand = (host: Host): Command =>
  new Command('trigger')
    .description('start a run now, as if its time had come')
    .argument('<schedule>', 'the name of the schedule')
    .addOption(overlapOption("for this once; default: the schedule's own"))
    .addHelpText(
      'after',
      examples('assay schedule trigger nightly', 'assay schedule trigger nightly --overlap allow-all'),
    )
    .action(
      action<{ overlap?: OverlapPolicy }, [string]>(host, (context, { overlap }, id) =>
        send(context, id, { kind: 'trigger', ...(overlap !== undefined && { overlap }) }),
      ),
    );

interface BackfillOptions {
  from: string;
  to: string;
  overlap?: OverlapPolicy;
  preview?: boolean;
  yes?: boolean;
}

const backfillCommand = (host: Host): Command =>
  new Command('backfill')
    .description('start the runs of times that have passed; a time that has its run gets no other')
    .argument('<schedule>', 'the name of the schedule')
    .requiredOption('--from <moment>', 'the first time, e.g. 2026-03-01T00:00:00Z')
    .requiredOption('--to <moment>', 'the last time')
    .addOption(overlapOption('for this backfill; default: buffer-all, one after the other'))
    .option('--preview', 'say what would be started and what it may cost, and start nothing')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      examples('assay schedule backfill nightly --from 2026-03-01T00:00:00Z --to 2026-03-08T00:00:00Z --preview'),
    )
    .action(
      action<BackfillOptions, [string]>(host, async (context, { from, to, overlap, preview, yes }, id) => {
        const api = context.api();
        const times = await api.scheduleTimes(id, { from, to });
        if (preview === true) return ok({ ...times }, previewLines(times, overlap ?? 'buffer-all'));
        for (const line of previewLines(times, overlap ?? 'buffer-all')) context.terminal.note(line);
        const question = `Start ${times.newRuns} ${times.newRuns === 1 ? 'run' : 'runs'}?`;
        if (!(await confirm(question, { yes: yes === true, terminal: context.terminal })))
          return { code: 'NO', data: { ...times }, lines: ['nothing was started'] };
        return send(context, id, { kind: 'backfill', from, to, ...(overlap !== undefined && { overlap }) });
      }),
    );

async function send(context: CommandContext, id: string, request: ScheduleRequest): Promise<CommandOutcome> {
  const change = await context.api().commandSchedule(id, request);
  return ok({ ...change }, [`${request.kind} of schedule ${id} is on file (${change.commandId})`]);
}
