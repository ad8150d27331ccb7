import { Command } from 'commander';
import { shortDigest } from '../../domain/kernel/digest.js';
import { explainKey } from '../../domain/lifecycle-file/explain/find-key.js';
import { action, type Host } from '../action.js';
import { keyLines } from '../key-lines.js';
import { loadLifecycleFiles } from '../load-lifecycle-files.js';
import { registeredBy } from '../registered.js';
import { ok } from '../outcome.js';
import { examples } from './example.js';

export const configCommand = (host: Host): Command =>
  new Command('config')
    .description('check a lifecycle file, or explain its keys; nothing is asked or started')
    .addCommand(validateCommand(host))
    .addCommand(explainCommand(host))
    .addHelpText('after', examples('assay config validate -f assay.yaml', 'assay config explain deploy.rollout'));

const validateCommand = (host: Host): Command =>
  new Command('validate')
    .description('tell every problem of a lifecycle file, with file, line and column')
    .option('-f, --file <path...>', 'the lifecycle file; later files lie over earlier ones', ['assay.yaml'])
    .addHelpText('after', examples('assay config validate', 'assay config validate -f assay.yaml -f demo.overlay.yaml'))
    .action(
      action<{ file: string[] }, []>(host, async (context, { file }) => {
        const { plan, planDigest } = await loadLifecycleFiles(file, registeredBy(context.api));
        const { name } = plan;
        return ok({ files: file, name, planDigest }, [`${name} has no problems · plan ${shortDigest(planDigest)}`]);
      }),
    );

const explainCommand = (host: Host): Command =>
  new Command('explain')
    .description('say what a key means: its type, what counts where it is left out, and an example')
    .argument('[key]', 'e.g. deploy.rollout, or Task.metrics of the files that a lifecycle file points at')
    .addHelpText('after', examples('assay config explain', 'assay config explain deploy.rollout'))
    .action(
      action<object, [string?]>(host, async (_context, _options, path) => {
        const key = explainKey(path);
        return ok({ key }, keyLines(key));
      }),
    );
