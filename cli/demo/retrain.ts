import type { RunView } from '../../domain/api/run.js';
import { apiAs, type DemoSession } from './demo-session.js';
import { requireSuccess } from './first-release.js';
import { briefStageLines } from './stage-lines.js';
import { waitFor } from './wait-for.js';
import { watchRunOfDemo } from './watched-run.js';

const TRIGGER_MILLISECONDS = 90_000;

/** Step 8: what the monitor and the labels triggered, from a new dataset to a promoted champion. */
export async function followRetrain(session: DemoSession, firstRunId: string): Promise<RunView> {
  const startedAt = performance.now();
  const api = apiAs(session, 'demo-ada');
  const runId = await waitFor('a retrain', TRIGGER_MILLISECONDS, async () => {
    const { runs } = await api.runs();
    return runs.find(({ id }) => id !== firstRunId)?.id;
  });
  const lines: string[] = [];
  const run = await watchRunOfDemo({
    session,
    runId,
    onStage: (stage) => void lines.push(...briefStageLines(stage).map((line) => `${stage.stage.padEnd(9)} ${line}`)),
  });
  requireSuccess(run);
  const trigger = run.trigger === null ? '' : ` (${run.trigger.kind}, ${run.trigger.id})`;
  session.printer.step('retrain: challenger against champion on the same mail', performance.now() - startedAt, [
    `${runId} was started by a trigger${trigger}, requested by ${run.requestedBy}`,
    ...lines,
  ]);
  return run;
}
