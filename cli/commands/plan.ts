import { Command } from 'commander';
import { STAGES } from '../../domain/kernel/states.js';
import type { LoadedLifecycle } from '../../domain/lifecycle-file/load-lifecycle.js';
import { action, type Host } from '../action.js';
import { loadLifecycleFiles } from '../load-lifecycle-files.js';
import { registeredBy } from '../registered.js';
import { ok } from '../outcome.js';
import { findChampion, type ChampionAnswer } from '../plan/champion.js';
import { planLines } from '../plan/plan-lines.js';
import { signaturesOf, totalBake } from '../plan/release-words.js';
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
    .option('--offline', 'do not ask the api whether the alias has a champion')
    .addHelpText('after', examples('assay plan', 'assay plan -f assay.yaml -f demo.overlay.yaml --offline'))
    .action(
      action<PlanOptions, []>(host, async (context, { file, offline }) => {
        const loaded = await loadLifecycleFiles(file, offline === true ? undefined : registeredBy(context.api));
        const champion: ChampionAnswer =
          offline === true
            ? { asked: false, reason: '--offline' }
            : await findChampion(context.api, loaded.plan.deploy.alias);
        return ok(planData(loaded, champion), planLines(loaded, champion));
      }),
    );

const planData = ({ plan, planDigest }: LoadedLifecycle, champion: ChampionAnswer): Record<string, unknown> => ({
  planDigest,
  stages: STAGES.map((stage) => ({ stage, says: STAGE_WORDS[stage](plan) })),
  signatures: signaturesOf(plan.approve.policy),
  bakeMilliseconds: totalBake(plan.deploy.rollout),
  champion,
  plan,
});
