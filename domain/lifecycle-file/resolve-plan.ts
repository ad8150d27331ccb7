import { LifecycleError } from '../kernel/errors.js';
import type { CurateStep, EvidenceFile, GateSpec, LifecyclePlan, RetrainSpec, SourceSpec } from './plan.js';
import type { ReferencedFiles } from './references/read-references.js';
import { USUAL_CONFIDENCE } from './schema/later-sections.js';
import type { WrittenLifecycle } from './schema/written-schema.js';

/** The plan of a file that was found right: defaults filled in, referenced files in place. */
export function resolvePlan(written: WrittenLifecycle, files: ReferencedFiles): LifecyclePlan {
  const { apiVersion, name, purpose, owners, data, model, train, evaluate, approve, deploy, monitor } = written;
  return {
    apiVersion,
    name,
    purpose,
    owners,
    ...(written.authors !== undefined && { authors: written.authors }),
    data: {
      sources: data.sources.map((source, i) => resolveSource(source, files.evidence[i] ?? null)),
      curate: data.curate.map(resolveCurateStep),
    },
    model: {
      provider: model.provider,
      base: resolveBase(model.base, files),
      ...(files.prompt !== undefined && { prompt: files.prompt }),
    },
    train: train ? { hyperparameters: train.hyperparameters ?? {}, seed: train.seed } : null,
    evaluate: {
      tasks: files.tasks.map(({ value }) => present(value)),
      gates: evaluate.gates.map(resolveGate),
    },
    approve: {
      policy: present(files.policy.value),
      expiresAfterMilliseconds: approve.expiresAfter,
      ...(approve.risk !== undefined && { risk: approve.risk }),
    },
    deploy: {
      ...deploy,
      rollout: deploy.rollout.map(({ traffic, bake }) => ({ traffic, bakeMilliseconds: bake ?? 0 })),
    },
    monitor: {
      everyMilliseconds: monitor.every,
      minimumItems: monitor.minimumItems,
      drift: { on: monitor.drift.on, confidence: monitor.drift.confidence ?? USUAL_CONFIDENCE },
    },
    budget: written.budget ? { limitMicroUsd: written.budget.limit, per: written.budget.per } : null,
    retrain: resolveRetrain(written.retrain),
  };
}

function resolveBase(
  written: WrittenLifecycle['model']['base'],
  { card, base }: ReferencedFiles,
): LifecyclePlan['model']['base'] {
  if (!('import' in written)) return { id: written.id, card: card.value ?? null };
  const { id, evidence, source, card: importedCard } = present(base);
  const served = written.id ?? (source.kind === 'endpoint' ? source.model : undefined);
  return { id: present(served), card: importedCard, import: { id, evidence } };
}

type Written<Key extends 'sources' | 'curate'> = WrittenLifecycle['data'][Key][number];

function resolveSource(source: Written<'sources'>, evidence: EvidenceFile | null): SourceSpec {
  const { id, uri, format, origin, rights, period, labels, claims = [] } = source;
  return {
    id,
    uri,
    format,
    origin,
    rights: { basis: rights.basis, licence: rights.licence ?? null, evidence },
    ...(source.authors !== undefined && { authors: source.authors }),
    period: { from: period?.from ?? null, until: period?.until ?? null },
    labels:
      'feedback' in labels
        ? { by: 'feedback', alias: labels.feedback }
        : { by: 'path', rules: Object.entries(labels.byPath).map(([prefix, label]) => ({ prefix, label })) },
    claims: claims.map(({ collectedLater, than, statement }) => ({
      kind: 'collected-later',
      statement,
      groups: collectedLater,
      than,
    })),
  };
}

function resolveCurateStep(step: Written<'curate'>): CurateStep {
  if ('dedupe' in step) return { step: 'dedupe', exact: true };
  const { split } = step;
  return split.by === 'time'
    ? { step: 'split', ...split }
    : { step: 'split', ...split, stratify: split.stratify ?? null };
}

function resolveGate(gate: WrittenLifecycle['evaluate']['gates'][number]): GateSpec {
  const { task, metric, confidence = USUAL_CONFIDENCE } = gate;
  if ('atLeast' in gate) return { task, metric, confidence, kind: 'at-least', limit: gate.atLeast };
  const { margin, firstRelease = 'block' } = gate;
  return { task, metric, confidence, kind: 'no-worse-than-champion', margin, firstRelease };
}

function resolveRetrain(written: WrittenLifecycle['retrain']): RetrainSpec {
  const { schedule, onDrift } = written ?? {};
  return {
    schedule: schedule
      ? { cron: schedule.cron, timeZone: schedule.timeZone, jitterMilliseconds: schedule.jitter ?? 0 }
      : null,
    onDrift: onDrift
      ? { windows: onDrift.windows, coolDownMilliseconds: onDrift.coolDown, minimumLabels: onDrift.minimumLabels }
      : null,
  };
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new LifecycleError('INTERNAL', 'A file without problems has no value.');
  return value;
}
