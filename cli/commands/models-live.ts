import { Command } from 'commander';
import type { LiveView } from '../../domain/api/live.js';
import { shortDigest } from '../../domain/kernel/digest.js';
import { action, type Host } from '../action.js';
import { ok } from '../outcome.js';
import { plainText } from '../plain-text.js';
import { examples } from './example.js';

interface LiveOptions {
  alias: string;
  at?: string;
  asKnownAt?: string;
}

export const modelsLiveCommand = (host: Host): Command =>
  new Command('live')
    .description('show what was live at a moment, who approved it, and on which evidence')
    .requiredOption('--alias <name>', 'the alias that was asked')
    .option('--at <moment>', 'ISO 8601 with its offset, as 2026-03-03T12:00Z; default: now')
    .option('--as-known-at <moment>', 'by what was on file then: corrections that came later do not count')
    .addHelpText(
      'after',
      examples(
        'assay models live --at 2026-03-03T12:00Z --alias email-triage',
        'assay models live --alias email-triage --at 2026-03-03T13:00+01:00 --as-known-at 2026-03-04T00:00Z',
      ),
    )
    .action(
      action<LiveOptions, []>(host, async (context, { alias, at, asKnownAt }) => {
        const live = await context.api().live(alias, { at, asKnownAt });
        return ok({ live }, [...headOf(live), ...live.versions.flatMap(versionLines)]);
      }),
    );

function headOf(live: LiveView): string[] {
  const { alias, at, since, until, revision, runId, reason, recordedAt, correction } = live;
  const nothing = live.versions.length === 0 ? ' and pointed nowhere' : '';
  return [
    `${alias} at ${at}: revision ${revision}${nothing}`,
    `  since ${since} until ${until ?? 'now'}`,
    `  moved by ${runId}, on file ${recordedAt}: ${plainText(reason)}`,
    ...(correction === null
      ? []
      : [`  corrected by ${plainText(correction.by)} on ${correction.at}: ${plainText(correction.reason)}`]),
  ];
}

function versionLines(version: LiveView['versions'][number]): string[] {
  const { id, weight, isChampion, weights, provider, providerModel, runId, training, approval } = version;
  const bytes =
    weights === null ? `${provider}'s word: ${plainText(providerModel)}` : `weights ${shortDigest(weights)}`;
  return [
    `${id}  ${weight} %${isChampion ? ', champion' : ''}`,
    `  ${bytes}, made by ${runId} (evidence ${shortDigest(training)})`,
    ...(approval === null ? ['  no request of its run was approved'] : approvalLines(approval)),
  ];
}

function approvalLines({
  request,
  policy,
  subjectDigest,
  approvedAt,
  decisions,
  waivers,
  evidence,
}: NonNullable<LiveView['versions'][number]['approval']>): string[] {
  return [
    `  approved on ${approvedAt} as ${request} (${policy}), subject ${shortDigest(subjectDigest)}`,
    ...decisions.map(
      ({ principal, role, verdict, at }) => `    ${verdict} by ${plainText(principal)} as ${role} on ${at}`,
    ),
    ...waivers.map(
      ({ question, by, until, why }) => `    ${question} waived by ${plainText(by)} until ${until}: ${plainText(why)}`,
    ),
    `    on evidence: evaluations ${evidence.evaluations.map(shortDigest).join(', ') || 'none'}, gates ${shortDigest(evidence.gateVerdicts)}, data ${shortDigest(evidence.dataAnswers)}`,
  ];
}
