import type { RunView, StageView } from '../../domain/api/run.js';
import type { Stage } from '../../domain/kernel/states.js';
import { followRun } from '../follow-run.js';
import { plainText } from '../plain-text.js';
import { apiAs, type DemoSession } from './demo-session.js';
import { signOff } from './sign-off.js';

export interface WatchedRun {
  session: DemoSession;
  runId: string;
  /** Called once for each stage that has ended. */
  onStage: (stage: StageView) => void;
}

/** Follows a run to its end; where it asks people, they are asked. */
export function watchRunOfDemo({ session, runId, onStage }: WatchedRun): Promise<RunView> {
  const ended = new Set<Stage>();
  const asked = new Set<string>();
  let progress = '';
  return followRun(apiAs(session, 'demo-ada'), runId, {
    pollMilliseconds: 200,
    onChange: async (view) => {
      for (const stage of view.stages) {
        const said = `${stage.stage}: ${stage.waitingFor}`;
        if (stage.endedAt === null && stage.waitingFor !== null && said !== progress) {
          progress = said;
          session.printer.progress(plainText(said));
        }
        if (stage.endedAt === null || ended.has(stage.stage)) continue;
        ended.add(stage.stage);
        onStage(stage);
      }
      if (view.approvalId === null || asked.has(view.approvalId) || ended.has('approve')) return;
      asked.add(view.approvalId);
      await signOff(session, view.approvalId);
    },
  });
}
