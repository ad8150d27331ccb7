import type { RunView, StageView } from '../../domain/api/run.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { Stage } from '../../domain/kernel/states.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import { askExamples } from './ask-examples.js';
import { apiAs, type DemoSession } from './demo-session.js';
import { stageLines } from './stage-lines.js';
import { watchRunOfDemo } from './watched-run.js';

const TITLES: Partial<Record<Stage, string>> = {
  collect: 'collect: the sources are sealed, their cards say what is known',
  curate: 'curate: broken records out, duplicates out, split by thread; eight questions answered',
  'fine-tune': 'fine-tune: the local model learns',
  evaluate: 'evaluate on mail of the past that it has not seen',
  approve: 'approve: two people, neither of them the requester',
};

/** Steps 1 to 6: from the sources to a served model. */
export async function firstRelease(session: DemoSession, plan: LifecyclePlan): Promise<RunView> {
  const { runId } = await apiAs(session, 'demo-ada').startRun({ plan: { ...plan } });
  const { printer } = session;
  let deployed: string[] = [];
  const run = await watchRunOfDemo({
    session,
    runId,
    onStage: (stage) => {
      const title = TITLES[stage.stage];
      if (title !== undefined) printer.step(title, tookMilliseconds(stage), stageLines(stage));
      else deployed = [...deployed, ...stageLines(stage)];
    },
  });
  requireSuccess(run);
  const startedAt = performance.now();
  const answers = await askExamples(session, plan.deploy.alias);
  const deploy = run.stages.find(({ stage }) => stage === 'deploy');
  const milliseconds = performance.now() - startedAt + (deploy === undefined ? 0 : tookMilliseconds(deploy));
  printer.step('deploy to the gateway, and ask it', milliseconds, [...deployed, ...answers]);
  return run;
}

const tookMilliseconds = ({ startedAt, endedAt }: StageView): number =>
  endedAt === null ? 0 : Date.parse(endedAt) - Date.parse(startedAt);

/** @throws LifecycleError CONFLICT with the reason of a run that did not succeed */
export function requireSuccess(run: RunView): void {
  if (run.status === 'succeeded') return;
  throw new LifecycleError('CONFLICT', `The run ${run.id} ended as ${run.status}: ${run.reason ?? 'no reason given'}.`);
}
