import { Command } from 'commander';
import { shortDigest } from '../../domain/kernel/digest.js';
import type { ImportView } from '../../domain/api/import.js';
import type { VersionView } from '../../domain/api/model.js';
import { action, type Host } from '../action.js';
import { columns } from '../columns.js';
import { ok } from '../outcome.js';
import { plainText } from '../plain-text.js';
import { examples } from './example.js';
import { modelsCorrectCommand } from './models-correct.js';
import { modelsImportCommand } from './models-import.js';
import { modelsLiveCommand } from './models-live.js';

export const modelsCommand = (host: Host): Command =>
  new Command('models')
    .description('list model versions and imported base models, and which of them are served')
    .addHelpText('after', examples('assay models', 'assay models --json'))
    .addCommand(modelsImportCommand(host))
    .addCommand(modelsLiveCommand(host))
    .addCommand(modelsCorrectCommand(host))
    .action(
      action<object, []>(host, async (context) => {
        const api = context.api();
        const [{ versions }, { imports }] = [await api.models(), await api.imports()];
        const lines = versions.length === 0 ? ['no model versions'] : columns(versions.map(row));
        const imported = imports.length === 0 ? [] : ['', 'Imported base models', ...columns(imports.map(importRow))];
        return ok({ versions, imports }, [...lines, ...imported]);
      }),
    );

const row = (version: VersionView): string[] => [
  version.id,
  version.weights === null ? `${version.provider}'s word: ${version.providerModel}` : shortDigest(version.weights),
  `from ${version.baseModel}`,
  version.runId,
  version.live
    .map(({ alias, weight, isChampion }) => `${alias} ${weight} %${isChampion ? ' (champion)' : ''}`)
    .join(', ') || 'not served',
];

const importRow = ({ id, name, version, state, source, evidence, reason }: ImportView): string[] => [
  version ?? `${name} (${id})`,
  source.kind === 'endpoint'
    ? plainText(`${source.provider}'s word: ${source.model}`)
    : plainText(`weights of ${source.folder}`),
  evidence === null ? state : `evidence ${shortDigest(evidence)}`,
  reason === null ? '' : plainText(reason),
];
