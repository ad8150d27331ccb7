import { Command } from 'commander';
import { z } from 'zod';
import { colours } from '../colours.js';
import { shortDigest } from '../../domain/kernel/digest.js';
import type { StageView } from '../../domain/api/run.js';
import { action, type Host } from '../action.js';
import { lossCurve } from '../loss-curve.js';
import { ok } from '../outcome.js';
import { plainText } from '../plain-text.js';
import { runLine, stageLine } from '../run-lines.js';
import { examples } from './example.js';

const lossesSchema = z.object({ losses: z.array(z.record(z.string(), z.number())) });

export const showCommand = (host: Host): Command =>
  new Command('show')
    .description('show a run: its stages, times, losses and evidence')
    .argument('<run>', 'the id of the run')
    .addHelpText('after', examples('assay show run-7', 'assay show run-7 --json'))
    .action(
      action<object, [string]>(host, async (context, _options, runId) => {
        const run = await context.api().run(runId);
        const trigger = run.trigger === null ? [] : [`started by ${run.trigger.kind} (${run.trigger.id})`];
        const { schedule } = run;
        const byClock = schedule ? [`started by schedule ${schedule.id} for ${schedule.scheduledFor}`] : [];
        const again = run.recreates === null ? [] : [`makes ${run.recreates} again`];
        const fork = run.forkedFrom === null ? [] : [`goes on from ${run.forkedFrom.stage} of ${run.forkedFrom.runId}`];
        const plan = `plan ${shortDigest(run.planDigest)}`;
        return ok({ run }, [
          runLine(run),
          [plan, ...trigger, ...byClock, ...again, ...fork].join(' · '),
          ...run.stages.flatMap(stageWithEvidence),
        ]);
      }),
    );

function stageWithEvidence(stage: StageView): string[] {
  const evidence = stage.evidence.map(({ id, kind }) => colours.dim(`    ${kind} ${shortDigest(id)}`));
  const { losses } = lossesSchema.safeParse(stage.summary).data ?? { losses: [] };
  const curve = lossCurve(losses).map((line) => `    ${line}`);
  return [stageLine(stage, Date.now()), ...howItEnded(stage), ...curve, ...evidence];
}

/** What a stage that did not succeed left behind: its error, or its job as the provider has it. */
function howItEnded({ status, summary }: StageView): string[] {
  if (status !== 'failed' && status !== 'cancelled') return [];
  const { error, job, jobId } = summary ?? {};
  if (typeof error === 'string') return [`    ${plainText(error)}`];
  if (typeof job !== 'string') return [];
  return [
    `    ${typeof jobId === 'string' ? `job ${plainText(jobId)} at the provider` : 'its job'}: ${plainText(job)}`,
  ];
}
