import { Command } from 'commander';
import { STAGES } from '../../domain/kernel/states.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import type { LoadedLifecycle } from '../../domain/lifecycle-file/load-lifecycle.js';
import { action, type CommandContext, type Host } from '../action.js';
import { loadLifecycleFiles } from '../load-lifecycle-files.js';
import { registeredBy } from '../registered.js';
import { ok } from '../outcome.js';
import { findChampion } from '../plan/champion.js';
import { planLines, type FromApi } from '../plan/plan-lines.js';
import { findReuse } from '../plan/reuse.js';
import { signaturesAsked } from '../../domain/kernel/approval-policy.js';
import { totalBake } from '../plan/release-words.js';
import { STAGE_WORDS } from '../plan/stage-words.js';
import { examples } from './example.js';

interface PlanOptions {
  file: string[];
  offline?: boolean;
}

export const planCommand = (host: Host): Command =>
  new Command('plan')
    .description('say what a run would do: stages, gates, who signs, rollout, budget; nothing is started')
    .option('-f, --file <path...>', 'the lifecycle file; later files lie over earlier ones', ['assay.yaml'])
    .option('--offline', 'do not ask the api for the champion and for what could be reused')
    .addHelpText('after', examples('assay plan', 'assay plan -f assay.yaml -f demo.overlay.yaml --offline'))
    .action(
      action<PlanOptions, []>(host, async (context, { file, offline }) => {
        const loaded = await loadLifecycleFiles(file, offline === true ? undefined : registeredBy(context.api));
        const known = offline === true ? OFFLINE : await askApi(context, loaded.plan);
        return ok(planData(loaded, known), planLines(loaded, known));
      }),
    );

const OFFLINE: FromApi = {
  champion: { asked: false, reason: '--offline' },
  reuse: { asked: false, reason: '--offline' },
};

const askApi = async ({ api }: CommandContext, plan: LifecyclePlan): Promise<FromApi> => ({
  champion: await findChampion(api, plan.deploy.alias),
  reuse: await findReuse(api, plan),
});

const planData = ({ plan, planDigest }: LoadedLifecycle, { champion, reuse }: FromApi): Record<string, unknown> => ({
  planDigest,
  stages: STAGES.map((stage) => ({ stage, says: STAGE_WORDS[stage](plan) })),
  signatures: signaturesAsked(plan.approve.policy),
  bakeMilliseconds: totalBake(plan.deploy.rollout),
  champion,
  reuse,
  plan,
});
