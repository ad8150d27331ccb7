import { appendFile, readFile } from 'node:fs/promises';
import { Context } from '@temporalio/activity';
import type { ActivityDependencies } from '../../activities/create-activities.js';
import { beating } from '../../activities/heartbeat.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import type { Evidence } from '../../domain/evidence/evidence.js';
import type { Digest } from '../../domain/kernel/digest.js';
import type { Stage } from '../../domain/kernel/states.js';
import { inParallel } from './statistics.js';

export interface PreparedApproval {
  answers: Digest;
  training: Digest;
  versionId: string;
}

const HELD_MILLISECONDS = 600_000;

/** What the stages of the bench do: nothing, through the stores that every stage goes through. */
export const createBenchActivities = ({
  runs,
  evidence,
  registry,
}: Pick<ActivityDependencies, 'runs' | 'evidence' | 'registry'>) => ({
  /** The end of a stage that did nothing. */
  finishNothing: ({ runId, stage, before }: { runId: string; stage: Stage; before: Digest[] }): Promise<Digest[]> =>
    runs.finishStage({
      runId,
      stage,
      status: 'succeeded',
      summary: { did: 'nothing' },
      evidence: [factOf({ runId, stage }, before)],
    }),

  /** Items of a shard: a record for each. */
  async keepItems(input: { runId: string; stage: Stage; items: number[] }): Promise<number> {
    const { runId, stage, items } = input;
    await inParallel(items, 4, async (item) => void (await evidence.keep(runId, stage, factOf({ runId, item }))));
    return items.length;
  },

  /** All that an approval binds, without the stages that would have made it. */
  async prepareApproval({ runId }: { runId: string }): Promise<PreparedApproval> {
    const { project, name } = await runs.load(runId);
    const answers = await evidence.keep(runId, 'curate', { ...factOf({ runId, answers: [] }), kind: 'data-answers' });
    const quote = { costMicroUsd: 0, tokens: 0, basis: 'bench' };
    const training = await evidence.keep(runId, 'fine-tune', factOf({ runId, quote }));
    const trained = { provider: 'local', model: `ft:${runId}`, jobId: `job-${runId}`, weights: null };
    const version = await registry.register({ project, name, runId, trained, baseModel: 'bench', evidence: training });
    return { answers, training, versionId: version.id };
  },

  /** Says which process holds the step, and ends only where another process has held it before. */
  async hold({ file }: { file: string }): Promise<void> {
    const holders = await readFile(file, 'utf8').catch(() => '');
    await appendFile(file, `${process.pid}\n`);
    if (holders !== '') return;
    const wait = () => new Promise<void>((resolve) => setTimeout(resolve, HELD_MILLISECONDS).unref());
    await (Context.current().info.isLocal ? wait() : beating(wait));
  },
});

export type BenchActivities = ReturnType<typeof createBenchActivities>;

const factOf = (body: Record<string, unknown>, inputs: Digest[] = []): Evidence => ({
  kind: 'training',
  subject: digestOf(body),
  producer: { name: 'bench', version: '1' },
  inputs,
  body,
});
