import { Command } from 'commander';
import { shortDigest } from '../../domain/kernel/digest.js';
import type { VersionView } from '../../domain/api/model.js';
import { action, type Host } from '../action.js';
import { columns } from '../columns.js';
import { ok } from '../outcome.js';
import { examples } from './example.js';

export const modelsCommand = (host: Host): Command =>
  new Command('models')
    .description('list model versions, and which of them are served')
    .addHelpText('after', examples('assay models', 'assay models --json'))
    .action(
      action<object, []>(host, async (context) => {
        const { versions } = await context.api().models();
        const lines = versions.length === 0 ? ['no model versions'] : columns(versions.map(row));
        return ok({ versions }, lines);
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
