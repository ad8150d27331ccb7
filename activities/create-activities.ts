import type { KeyObject } from 'node:crypto';
import type { ApprovalStore } from '../domain/ports/approval-store.js';
import type { ArtifactStore } from '../domain/ports/artifact-store.js';
import type { ModelCatalogue, WeightsFolders } from '../domain/ports/base-sources.js';
import type { ImportStore } from '../domain/ports/import-store.js';
import type { ModelPort } from '../domain/ports/model.js';
import type { RegistryStore } from '../domain/ports/registry-store.js';
import type { EffectLedger, EvidenceStore, RunStore } from '../domain/ports/run-store.js';
import type { ScheduleStore } from '../domain/ports/schedule-store.js';
import type { Schedules } from '../domain/ports/schedules.js';
import type { SourcePort } from '../domain/ports/source.js';
import type { RetrainStore, TrafficStore } from '../domain/ports/traffic-store.js';
import type { Trainer } from '../domain/ports/trainer.js';
import { createApprovalActivities } from './approvals.js';
import { createBaseModelActivities } from './base-model.js';
import { createCollectActivities } from './collect.js';
import { createCurateActivities } from './curate.js';
import { createDeploymentActivities } from './deployment.js';
import { createEvaluationActivities } from './evaluation.js';
import { createFollowActivities } from './follow-training.js';
import { createImportActivities } from './import-base.js';
import { createMonitoringActivities } from './monitoring.js';
import { createPredictionActivities } from './predictions.js';
import { createRecreationActivities } from './recreation.js';
import { createRetrainActivities } from './retraining.js';
import { createReuseActivities } from './reuse.js';
import { createRunActivities } from './runs.js';
import { createScheduledRunActivities } from './scheduled-runs.js';
import { createTrainingActivities } from './training.js';

/** All that activities touch: the worker composes it, tests compose their own. */
export interface ActivityDependencies {
  runs: RunStore;
  evidence: EvidenceStore;
  effects: EffectLedger;
  approvals: ApprovalStore;
  registry: RegistryStore;
  traffic: TrafficStore;
  retrain: RetrainStore;
  artifacts: ArtifactStore;
  sources: SourcePort;
  imports: ImportStore;
  weights: WeightsFolders;
  /** By the names that lifecycle files use. */
  catalogues: Record<string, ModelCatalogue>;
  schedules: Schedules;
  scheduleRows: ScheduleStore;
  /** By the names that lifecycle files use. */
  trainers: Record<string, Trainer>;
  models: Record<string, ModelPort>;
  instance: string;
  decisionPublicKey: KeyObject;
}

export const createActivities = (dependencies: ActivityDependencies) => ({
  ...createRunActivities(dependencies),
  ...createReuseActivities(dependencies),
  ...createCollectActivities(dependencies),
  ...createCurateActivities(dependencies),
  ...createImportActivities(dependencies),
  ...createBaseModelActivities(dependencies),
  ...createTrainingActivities(dependencies),
  ...createFollowActivities(dependencies),
  ...createPredictionActivities(dependencies),
  ...createEvaluationActivities(dependencies),
  ...createApprovalActivities(dependencies),
  ...createDeploymentActivities(dependencies),
  ...createMonitoringActivities(dependencies),
  ...createRecreationActivities(dependencies),
  ...createRetrainActivities(dependencies),
  ...createScheduledRunActivities(dependencies),
});

export type Activities = ReturnType<typeof createActivities>;
