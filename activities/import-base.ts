import { Context } from '@temporalio/activity';
import { digestOf } from '../domain/evidence/canonical.js';
import type { Evidence } from '../domain/evidence/evidence.js';
import type { Digest } from '../domain/kernel/digest.js';
import { isLifecycleError, LifecycleError } from '../domain/kernel/errors.js';
import type { ArtifactStore } from '../domain/ports/artifact-store.js';
import type { ModelCatalogue, WeightsFolders } from '../domain/ports/base-sources.js';
import type { BaseImport, ImportSource, ImportStore } from '../domain/ports/import-store.js';
import { isRetryable } from './failure.js';
import { beating } from './heartbeat.js';

const PRODUCER = { name: 'assay/import', version: '1' };
interface Dependencies {
  imports: ImportStore;
  artifacts: ArtifactStore;
  weights: WeightsFolders;
  catalogues: Record<string, ModelCatalogue>;
}

type Endpoint = Extract<ImportSource, { kind: 'endpoint' }>;

/** Base models from outside: a provider is asked what it says of its model; a folder's bytes go to the artifact store. */
export function createImportActivities({ imports, artifacts, weights, catalogues }: Dependencies) {
  async function askProvider({ provider, model }: Endpoint, card: BaseImport['card']): Promise<Evidence> {
    const catalogue = Object.hasOwn(catalogues, provider) ? catalogues[provider] : undefined;
    if (catalogue === undefined)
      throw new LifecycleError('NOT_FOUND', `The worker knows no provider '${provider}': see ASSAY_PROVIDERS.`);
    const said = await catalogue.describe(model, Context.current().cancellationSignal);
    if (said === undefined) throw new LifecycleError('NOT_FOUND', `The provider ${provider} does not serve ${model}.`);
    return {
      kind: 'base-import',
      subject: digestOf({ provider, model }),
      producer: PRODUCER,
      inputs: [],
      body: { source: { kind: 'endpoint', provider, model }, said, card },
    };
  }

  async function storeFolder(folder: string, card: BaseImport['card']): Promise<Evidence> {
    const files: { path: string; digest: Digest; bytes: number }[] = [];
    for (const { path, content } of await weights.open(folder))
      files.push({ path, ...(await artifacts.put(content())) });
    return {
      kind: 'base-import',
      subject: digestOf(files),
      producer: PRODUCER,
      inputs: [],
      body: {
        source: { kind: 'weights', folder },
        files,
        bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
        artifacts: Object.fromEntries(files.map(({ path, digest }) => [path, digest])),
        card,
      },
    };
  }

  async function importBase(importId: string): Promise<void> {
    const { state, source, card } = await imports.load(importId);
    if (state !== 'requested') return;
    try {
      const evidence =
        source.kind === 'endpoint' ? await askProvider(source, card) : await storeFolder(source.folder, card);
      await imports.finish(importId, evidence);
    } catch (error) {
      // What trying again cannot change is an answer; an outage, or a fault of ours, is none.
      if (!isLifecycleError(error) || isRetryable(error)) throw error;
      await imports.refuse(importId, error.message);
    }
  }

  return {
    importBase: ({ importId }: { importId: string }): Promise<void> => beating(() => importBase(importId)),
  };
}
