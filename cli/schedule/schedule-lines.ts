import type { ScheduleSummary, ScheduleTimes, ScheduleView } from '../../domain/api/schedule.js';
import { shortDigest } from '../../domain/kernel/digest.js';
import { printDuration } from '../../domain/kernel/units/duration.js';
import { printMoney } from '../../domain/kernel/units/money.js';
import { colours } from '../colours.js';
import { columns } from '../columns.js';
import { plainText } from '../plain-text.js';

/** A moment as the schedule's own clock shows it, and in UTC. */
function inZone(iso: string, timeZone: string): string {
  const time = new Date(iso);
  const utc = `${iso.slice(0, 16)}Z`;
  if (timeZone === 'UTC') return utc;
  const local = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(time);
  return `${utc} (${local})`;
}

export const scheduleRow = (schedule: ScheduleSummary): string[] => [
  schedule.id,
  schedule.name,
  `${schedule.cron} (${schedule.timeZone})`,
  schedule.overlap,
  schedule.isPaused
    ? 'paused'
    : `next ${schedule.nextAt === null ? 'never' : inZone(schedule.nextAt, schedule.timeZone)}`,
];

export function scheduleLines(schedule: ScheduleView): string[] {
  const { cron, timeZone, jitterMilliseconds, overlap, catchUpMilliseconds } = schedule;
  const jitter = jitterMilliseconds === 0 ? '' : `, up to ${printDuration(jitterMilliseconds)} later`;
  const paused = schedule.isPaused ? colours.yellow('  paused') : '';
  return [
    `${colours.bold(schedule.id)}  ${schedule.name}${paused}  ${colours.dim(`in the name of ${plainText(schedule.requestedBy)}`)}`,
    `at ${cron} (${timeZone})${jitter} · overlap ${overlap} · catches up ${printDuration(catchUpMilliseconds)} · plan ${shortDigest(schedule.planDigest)}`,
    schedule.isPaused ? 'next times, were it not paused:' : 'next times:',
    ...schedule.nextTimes.map((time) => `  ${inZone(time, timeZone)}`),
    schedule.runs.length === 0 ? 'no runs yet' : 'latest runs:',
    ...indented(
      schedule.runs.map((run) => [run.runId, `for ${run.scheduledFor.slice(0, 19)}Z`, run.status, run.reason ?? '']),
    ),
  ];
}

const indented = (rows: string[][]): string[] => columns(rows).map((line) => `  ${line}`);

const MOST_LISTED = 50;

/** What a backfill would start. */
export function previewLines({ times, newRuns, isCut, quote }: ScheduleTimes, overlap: string): string[] {
  const listed = indented(
    times
      .slice(0, MOST_LISTED)
      .map(({ at, runId }) => [`${at.slice(0, 19)}Z`, runId === null ? 'a new run' : `has ${runId}`]),
  );
  const more = times.length > MOST_LISTED ? [`  … and ${times.length - MOST_LISTED} more`] : [];
  return [
    `${times.length}${isCut ? ' and more' : ''} times, ${newRuns} new runs, overlap ${overlap}:`,
    ...listed,
    ...more,
    quote === null
      ? 'no quote: no training of this lifecycle has been quoted yet'
      : `quote: ${printMoney(quote.totalMicroUsd)} for the trainings (${printMoney(quote.costMicroUsd)} each, as for ${quote.runId})`,
  ];
}
