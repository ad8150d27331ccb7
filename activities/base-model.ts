import { modelSubject } from '../domain/approvals/bound-model.js';
import type { Evidence } from '../domain/evidence/evidence.js';
import type { RegistryStore } from '../domain/ports/registry-store.js';
import type { RunStore } from '../domain/ports/run-store.js';
import type { Quote, TrainedModel } from '../domain/ports/trainer.js';
import type { SealedModel } from './training.js';

const PRODUCER = { name: 'assay/base-model', version: '1' };
const QUOTE: Quote = { costMicroUsd: 0, tokens: 0, basis: 'nothing is trained' };

interface Dependencies {
  runs: RunStore;
  registry: RegistryStore;
}

/** A lifecycle without a training: the base model as it is, with the prompt, becomes the version. */
export function createBaseModelActivities({ runs, registry }: Dependencies) {
  return {
    /** Registers the version of this run and skips the fine-tune stage. No provider is asked. */
    async takeBaseModel({ runId }: { runId: string }): Promise<SealedModel> {
      const run = await runs.load(runId);
      const { provider, base, prompt } = run.plan.model;
      const trained: TrainedModel = {
        provider,
        model: base.id,
        jobId: null,
        weights: null,
        ...(prompt !== undefined && { prompt }),
        ...(base.import !== undefined && { imported: base.import }),
      };
      const subject = modelSubject(trained);
      const evidence: Evidence = {
        kind: 'base-model',
        subject,
        producer: PRODUCER,
        inputs: base.import === undefined ? [] : [base.import.evidence],
        body: { baseModel: base.id, provider, prompt: prompt ?? null, imported: base.import ?? null, quote: QUOTE },
      };
      const [id] = await runs.finishStage({
        runId,
        stage: 'fine-tune',
        status: 'skipped',
        summary: { model: base.id, prompt: prompt?.digest ?? null, skipped: 'the lifecycle file has no training' },
        evidence: [evidence],
      });
      const { project, name } = run;
      const version = await registry.register({ project, name, runId, trained, baseModel: base.id, evidence: id! });
      return { versionId: version.id, training: id!, subject };
    },
  };
}
