import { detectDrift } from '../domain/drift/domain-classifier.js';
import { digestOf } from '../domain/evidence/canonical.js';
import type { Evidence } from '../domain/evidence/evidence.js';
import { maskText } from '../domain/evidence/masking.js';
import { isDigest, type Digest } from '../domain/kernel/digest.js';
import { isLifecycleError } from '../domain/kernel/errors.js';
import { dropBetween } from '../domain/metrics/drop-between.js';
import { measureMetric } from '../domain/metrics/measure-metric.js';
import type { ScoredItem } from '../domain/metrics/scored-item.js';
import type { ArtifactStore } from '../domain/ports/artifact-store.js';
import type { RegistryStore } from '../domain/ports/registry-store.js';
import type { EvidenceStore, RunStore } from '../domain/ports/run-store.js';
import type { Schedules } from '../domain/ports/schedules.js';
import type { MonitorWindow, TrafficCursor, TrafficItem, TrafficStore } from '../domain/ports/traffic-store.js';
import { readLines, readRecords, toArray } from './datasets.js';
import { beating, breathe } from './heartbeat.js';
import { subjectOf } from './predictions.js';

const PRODUCER = { name: 'assay/monitor', version: '1' };
const WINDOW_LIMIT = 5_000;
const SEED = 20020822;

export interface WindowInput {
  project: string;
  alias: string;
}

export interface JudgedWindow {
  /** Null where there was too little to judge: the items wait for the next window. */
  windowId: string | null;
  verdict: MonitorWindow['verdict'];
  triggerId: string | null;
}

interface Dependencies {
  runs: RunStore;
  evidence: EvidenceStore;
  registry: RegistryStore;
  traffic: TrafficStore;
  artifacts: ArtifactStore;
  schedules: Schedules;
}

/** Watches what serves: drift of what comes in, quality where people have said what was right. */
export function createMonitoringActivities(dependencies: Dependencies) {
  const { runs, evidence, registry, traffic, artifacts, schedules } = dependencies;

  /** What the champion was tested on, masked as the traffic is. */
  async function referenceTexts(runId: string): Promise<string[]> {
    const texts: string[] = [];
    for (const artifact of await testArtifacts(runId)) {
      for await (const record of readRecords(artifacts, artifact)) texts.push(maskText(record.input));
      await breathe(texts.length);
    }
    return texts;
  }

  async function testArtifacts(runId: string): Promise<Digest[]> {
    const summary = (await runs.stageSummary(runId, 'curate')) ?? {};
    const datasets = (summary['datasets'] ?? {}) as Record<string, { artifact: string }>;
    return Object.entries(datasets)
      .filter(([name]) => name.startsWith('test/'))
      .map(([, { artifact }]) => artifact)
      .filter(isDigest);
  }

  /** The champion's answers at its release, of the first task: what its quality in service is measured against. */
  async function releaseItems(runId: string): Promise<ScoredItem[]> {
    const summary = (await runs.stageSummary(runId, 'evaluate')) ?? {};
    const [first] = (summary['tasks'] ?? []) as { predictions: Digest }[];
    return first === undefined ? [] : toArray(readLines<ScoredItem>(artifacts, first.predictions));
  }

  /** How many labels of this version's answers the last window knew: none, where it judged another version. */
  async function labelledIn(window: MonitorWindow, versionId: string): Promise<number> {
    const { body } = await evidence.load(window.evidence);
    return body['versionId'] === versionId ? window.labelled : 0;
  }

  /** What the window is about and what it rests on, read before anything is judged. */
  async function look({ project, alias }: WindowInput) {
    const { champion: championId } = await registry.route(project, alias);
    if (championId === null) return null;
    const champion = await registry.version(project, championId);
    const { plan } = await runs.load(champion.runId);
    const last = await traffic.lastWindow(project, alias);
    const items = await traffic.since(project, alias, last?.upTo ?? null, WINDOW_LIMIT);
    const labelled = await traffic.labelled(project, alias, championId, WINDOW_LIMIT);
    const isNewTraffic = items.length >= plan.monitor.minimumItems;
    const newLabels = labelled.total - (last === null ? 0 : await labelledIn(last, championId));
    if (!isNewTraffic && newLabels < plan.monitor.minimumItems) return null;
    return { champion, last, items, labelled, isNewTraffic, confidence: plan.monitor.drift.confidence };
  }

  type Look = NonNullable<Awaited<ReturnType<typeof look>>>;

  async function judge(alias: string, seen: Look): Promise<{ fact: Evidence; verdict: MonitorWindow['verdict'] }> {
    const { champion, items, labelled, isNewTraffic, confidence } = seen;
    const reference = isNewTraffic ? await referenceTexts(champion.runId) : [];
    const current = items.map((item) => item.maskedInput);
    const inputDrift = isNewTraffic ? detectDrift({ reference, current, confidence, seed: SEED }) : null;
    await breathe();
    const quality = measureQuality(await releaseItems(champion.runId), labelled.latest, confidence);
    await breathe();
    const fact: Evidence = {
      kind: 'monitor-window',
      subject: subjectOf(champion),
      producer: PRODUCER,
      inputs: [champion.evidence],
      body: {
        alias,
        versionId: champion.id,
        upTo: upToOf(seen),
        items: items.length,
        labelled: labelled.total,
        inputDrift,
        quality,
      },
    };
    return { fact, verdict: inputDrift?.verdict ?? 'too-few' };
  }

  async function judgeWindow(input: WindowInput): Promise<JudgedWindow> {
    const seen = await look(input);
    if (seen === null) return NOTHING;
    const { fact, verdict } = await judge(input.alias, seen);
    const windowId = digestOf(fact);
    const window: MonitorWindow = {
      ...input,
      id: windowId,
      items: seen.isNewTraffic ? seen.items.length : 0,
      labelled: seen.labelled.total,
      verdict,
      evidence: windowId,
      upTo: upToOf(seen),
    };
    try {
      const { triggerId } = await traffic.recordWindow(window, fact, seen.last?.id ?? null);
      return { windowId, verdict, triggerId };
    } catch (error) {
      // Another attempt, or another window, was quicker: this traffic has been judged.
      if (isLifecycleError(error, 'CONFLICT')) return NOTHING;
      throw error;
    }
  }

  return {
    /** Sets the monitor's clock and the retrain's, as the lifecycle file of this run says. */
    ensureSchedules: ({ runId }: { runId: string }): Promise<void> =>
      beating(async () => {
        const { project, name, plan } = await runs.load(runId);
        const { alias } = plan.deploy;
        const { everyMilliseconds } = plan.monitor;
        const monitor = await schedules.ensureMonitor({ project, alias, everyMilliseconds });
        const clock = await schedules.ensureRetrain({ project, name, schedule: plan.retrain.schedule });
        const summary = { monitor: monitor.scheduleId, retrain: clock.scheduleId };
        await runs.finishStage({ runId, stage: 'monitor', status: 'succeeded', summary, evidence: [] });
      }),

    judgeWindow: (input: WindowInput): Promise<JudgedWindow> => beating(() => judgeWindow(input)),
  };
}

const NOTHING: JudgedWindow = { windowId: null, verdict: 'too-few', triggerId: null };

/** A window that judged labels only moves no further in the traffic. */
function upToOf(seen: { isNewTraffic: boolean; items: TrafficItem[]; last: MonitorWindow | null }): TrafficCursor {
  const newest = seen.isNewTraffic ? seen.items.at(-1) : undefined;
  if (newest !== undefined) return { at: newest.at, id: newest.id };
  return seen.last?.upTo ?? { at: new Date(0).toISOString(), id: '' };
}

/** Macro-F1 on what people labelled, and how far it lies below the release's own test. */
function measureQuality(released: ScoredItem[], labelled: TrafficItem[], confidence: number) {
  const items = labelled.map(({ id, label, output }) => ({ id, expected: label!, predicted: output }));
  const settings = { metric: 'f1-macro', confidence, seed: SEED };
  return {
    measured: measureMetric({ ...settings, items }),
    drop: released.length > 0 && items.length > 0 ? dropBetween({ ...settings, before: released, after: items }) : null,
  };
}
