import { Context } from '@temporalio/activity';
import { detectDrift } from '../domain/drift/domain-classifier.js';
import { digestOf } from '../domain/evidence/canonical.js';
import type { Evidence } from '../domain/evidence/evidence.js';
import { maskText } from '../domain/evidence/masking.js';
import { isDigest, type Digest } from '../domain/kernel/digest.js';
import { dropBetween } from '../domain/metrics/drop-between.js';
import { measureMetric } from '../domain/metrics/measure-metric.js';
import type { ScoredItem } from '../domain/metrics/scored-item.js';
import type { ArtifactStore } from '../domain/ports/artifact-store.js';
import type { RegistryStore } from '../domain/ports/registry-store.js';
import type { EvidenceStore, RunStore } from '../domain/ports/run-store.js';
import type { Schedules } from '../domain/ports/schedules.js';
import type { MonitorWindow, TrafficItem, TrafficStore } from '../domain/ports/traffic-store.js';
import { readLines, readRecords, toArray } from './datasets.js';
import { subjectOf } from './evaluation.js';

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
      Context.current().heartbeat();
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

  return {
    /** Sets the monitor's clock and the retrain's, as the lifecycle file of this run says. */
    async ensureSchedules({ runId }: { runId: string }): Promise<void> {
      const { project, name, plan } = await runs.load(runId);
      const { alias } = plan.deploy;
      const monitor = await schedules.ensureMonitor({
        project,
        alias,
        everyMilliseconds: plan.monitor.everyMilliseconds,
      });
      const clock = await schedules.ensureRetrain({ project, name, schedule: plan.retrain.schedule });
      const summary = { monitor: monitor.scheduleId, retrain: clock.scheduleId };
      await runs.finishStage({ runId, stage: 'monitor', status: 'succeeded', summary, evidence: [] });
    },

    async judgeWindow({ project, alias }: WindowInput): Promise<JudgedWindow> {
      const nothing: JudgedWindow = { windowId: null, verdict: 'too-few', triggerId: null };
      const { champion: championId } = await registry.route(project, alias);
      if (championId === null) return nothing;
      const champion = await registry.version(project, championId);
      const { plan } = await runs.load(champion.runId);
      const last = await traffic.lastWindow(project, alias);
      const items = await traffic.since(project, alias, last?.upTo ?? null, WINDOW_LIMIT);
      const labelled = await traffic.labelled(project, alias, championId, WINDOW_LIMIT);
      const { minimumItems, drift } = plan.monitor;
      const isNewTraffic = items.length >= minimumItems;
      const labelledBefore = last === null ? 0 : await labelledIn(last, championId);
      if (!isNewTraffic && labelled.length - labelledBefore < minimumItems) return nothing;

      const reference = isNewTraffic ? await referenceTexts(champion.runId) : [];
      Context.current().heartbeat();
      const inputDrift = isNewTraffic
        ? detectDrift({
            reference,
            current: items.map((item) => item.maskedInput),
            confidence: drift.confidence,
            seed: SEED,
          })
        : null;
      const quality = measureQuality(await releaseItems(champion.runId), labelled, drift.confidence);
      const upTo = isNewTraffic ? positionOf(items.at(-1)!) : (last?.upTo ?? { at: new Date(0).toISOString(), id: '' });
      const fact: Evidence = {
        kind: 'monitor-window',
        subject: subjectOf(champion),
        producer: PRODUCER,
        inputs: [champion.evidence],
        body: {
          alias,
          versionId: championId,
          upTo,
          items: items.length,
          labelled: labelled.length,
          inputDrift,
          quality,
        },
      };
      const windowId = digestOf(fact);
      const verdict = inputDrift?.verdict ?? 'too-few';
      const window = {
        id: windowId,
        project,
        alias,
        items: isNewTraffic ? items.length : 0,
        labelled: labelled.length,
      };
      const { triggerId } = await traffic.recordWindow({ ...window, verdict, evidence: windowId, upTo }, fact);
      return { windowId, verdict, triggerId };
    },
  };
}

const positionOf = ({ at, id }: TrafficItem) => ({ at, id });

/** Macro-F1 on what people labelled, and how far it lies below the release's own test. */
function measureQuality(released: ScoredItem[], labelled: TrafficItem[], confidence: number) {
  const items = labelled.map(({ id, label, output }) => ({ id, expected: label!, predicted: output }));
  const settings = { metric: 'f1-macro', confidence, seed: SEED };
  return {
    measured: measureMetric({ ...settings, items }),
    drop: released.length > 0 && items.length > 0 ? dropBetween({ ...settings, before: released, after: items }) : null,
  };
}
