import { sql } from 'drizzle-orm';
import { modelSubject } from '../../domain/approvals/bound-model.js';
import type { RunPreview } from '../../domain/api/run.js';
import type { Digest } from '../../domain/kernel/digest.js';
import { STAGES, isReusable, type ReusableStage, type Stage } from '../../domain/kernel/states.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import { changedKeys } from '../../domain/reuse/changed-keys.js';
import { PLAN_PARTS } from '../../domain/reuse/plan-parts.js';
import { reuseKey, type StageInputs } from '../../domain/reuse/reuse-key.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';
import { createRegistryStore } from '../stores/registry-store.js';

/** What a run left in a stage. */
interface Left {
  runId: string;
  at: string;
  result: Record<string, unknown>;
}

/** What a run of this plan could take over, if its sources still held what they held when a run last read them. */
export const reusePreview = (db: Database, project: string, plan: LifecyclePlan): Promise<RunPreview> =>
  withDatabaseErrors(async () => {
    const collected = await lastCollected(db, project, plan);
    const taken = collected === undefined ? new Map() : await follow(db, { project, plan, collected });
    return {
      assuming: collected === undefined ? null : { runId: collected.runId, at: collected.at },
      stages: STAGES.map((stage) => ({
        stage,
        reusedFrom: taken.get(stage)?.runId ?? null,
        reason: reasonOf(stage, { plan, isKnown: collected !== undefined, taken }),
      })),
    };
  });

type Taken = ReadonlyMap<Stage, Left | null>;

/** Stage after stage, as far as each is known from the one before: null where none has the key. */
async function follow(
  db: Database,
  { project, plan, collected }: { project: string; plan: LifecyclePlan; collected: Left },
): Promise<Taken> {
  const taken = new Map<Stage, Left | null>();
  const find = async (stage: ReusableStage, inputs: StageInputs) => {
    const found = await lastUnder(db, { project, stage, key: reuseKey(stage, plan, inputs) });
    taken.set(stage, found ?? null);
    return found?.result;
  };
  const curated = ((await find('curate', collected.result)) ??
    (await curatedBefore(db, plan, collected.runId))) as StageInputs['curated'];
  if (curated === undefined) return taken;
  const model = (await find('fine-tune', { curated })) as StageInputs['model'];
  if (model === undefined) return taken;
  await find('evaluate', { curated, model, champion: await championSubject(db, project, plan.deploy.alias) });
  return taken;
}

function reasonOf(stage: Stage, known: { plan: LifecyclePlan; isKnown: boolean; taken: Taken }): string {
  const { plan, isKnown, taken } = known;
  if (stage === 'collect') return 'always done: sources may have changed';
  if (!isReusable(stage)) return 'never taken over: it is of one run';
  if (stage === 'fine-tune' && plan.train === null) return 'nothing is trained';
  if (stage === 'curate' && hasServiceLabels(plan)) return 'always done: labels from service are those of the moment';
  if (!isKnown) return 'not known: no run has read these sources';
  const left = taken.get(stage);
  if (left === undefined) return 'not known before the stages before it are done';
  const given = hasServiceLabels(plan) ? ', if the labels from service are as they were' : '';
  return left === null ? 'no run has done it with the same inputs' : `the same inputs as in ${left.runId}${given}`;
}

/**
 * Labels from service may be others by now, so such data is always curated again: what follows is judged as if it came
 * out as it did after the sources were last read.
 */
async function curatedBefore(db: Database, plan: LifecyclePlan, runId: string): Promise<object | undefined> {
  if (!hasServiceLabels(plan)) return undefined;
  const { rows } = await db.execute<{ plan: LifecyclePlan; result: Record<string, unknown> }>(sql`
    select r.plan, s.result from stage_run s join lifecycle_run r on r.id = s.run_id
    where s.run_id = ${runId} and s.stage = 'curate' and s.status = 'succeeded' and s.result is not null`);
  const [before] = rows;
  const isSame =
    before !== undefined && changedKeys(PLAN_PARTS.curate(before.plan), PLAN_PARTS.curate(plan)).length === 0;
  return isSame ? before.result : undefined;
}

const hasServiceLabels = ({ data }: LifecyclePlan): boolean =>
  data.sources.some(({ labels }) => labels.by === 'feedback');

async function lastCollected(db: Database, project: string, plan: LifecyclePlan): Promise<Left | undefined> {
  const { rows } = await db.execute<Left & Record<string, unknown>>(sql`
    select s.run_id as "runId", to_json(s.ended_at) #>> '{}' as at, s.result
    from stage_run s join lifecycle_run r on r.id = s.run_id
    where r.project = ${project} and s.stage = 'collect' and s.status = 'succeeded' and s.result is not null
      and s.reused_from_run is null and r.recreates is null and r.plan -> 'data' -> 'sources' = ${JSON.stringify(plan.data.sources)}::jsonb
    order by s.ended_at desc limit 1`);
  return rows[0];
}

async function lastUnder(
  db: Database,
  { project, stage, key }: { project: string; stage: ReusableStage; key: Digest | null },
): Promise<Left | undefined> {
  if (key === null) return undefined;
  const { rows } = await db.execute<Left & Record<string, unknown>>(sql`
    select s.run_id as "runId", to_json(s.ended_at) #>> '{}' as at, s.result
    from stage_run s join lifecycle_run r on r.id = s.run_id
    where r.project = ${project} and s.stage = ${stage} and s.reuse_key = ${key} and s.status = 'succeeded'
      and s.reused_from_run is null and s.result is not null
    order by s.ended_at desc limit 1`);
  return rows[0];
}

async function championSubject(db: Database, project: string, alias: string): Promise<Digest | null> {
  const registry = createRegistryStore(db);
  const { champion } = await registry.route(project, alias);
  return champion === null ? null : modelSubject((await registry.version(project, champion)).trained);
}
