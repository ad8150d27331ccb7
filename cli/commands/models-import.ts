import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { importBodySchema } from '../../domain/checklist/evidence-bodies.js';
import type { ImportView, RequestImport } from '../../domain/api/import.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { action, type CommandContext, type Host } from '../action.js';
import { isPassing } from '../api-request.js';
import { columns } from '../columns.js';
import { shortDigest } from '../../domain/kernel/digest.js';
import { ok, type CommandOutcome } from '../outcome.js';
import { ownCommand } from '../own-command.js';
import { plainText } from '../plain-text.js';
import { readCard } from '../read-card.js';
import { examples } from './example.js';

interface ImportOptions {
  provider?: string;
  model?: string;
  weights?: string;
  card?: string;
}

const POLL_MILLISECONDS = 300;

export const modelsImportCommand = (host: Host): Command =>
  new Command('import')
    .description('import a base model: one that a provider serves, or a folder of weights that the worker can read')
    .argument('<name>', 'the name under which lifecycle files will find it, as model.base.import: <name>@<number>')
    .option('--provider <name>', 'a provider that the worker knows; it is asked whether it serves the model')
    .option('--model <id>', "the provider's id of the model")
    .option('--weights <folder>', 'a folder of .safetensors or .gguf files, in the folder of the worker')
    .option('--card <file>', 'a BaseModelCard file; without it everything counts as unknown')
    .addHelpText(
      'after',
      examples(
        'assay models import small --provider local --model local/linear-ngram --card bases/linear-ngram.yaml',
        'assay models import small --weights weights/small --card bases/small.yaml',
      ),
    )
    .action(
      action<ImportOptions, [string]>(host, async (context, options, name) => {
        const source = sourceOf(options);
        const id = source.kind === 'endpoint' ? source.model : name;
        const asked = { name, source, card: await readCard(options.card, id) };
        const ended = await untilEnded(context, await context.api().requestImport(asked));
        return ended.state === 'refused' ? refusal(ended) : imported(context, ended);
      }),
    );

function sourceOf({ provider, model, weights }: ImportOptions): RequestImport['source'] {
  const isEndpoint = provider !== undefined && model !== undefined;
  if (isEndpoint && weights === undefined) return { kind: 'endpoint', provider, model };
  if (weights !== undefined && provider === undefined && model === undefined)
    return { kind: 'weights', folder: weights };
  throw new LifecycleError('INVALID_INPUT', 'Give --provider with --model, or --weights.');
}

/** A worker carries it out; whoever stops waiting finds it among "assay models". */
async function untilEnded(context: CommandContext, asked: ImportView): Promise<ImportView> {
  const api = context.api();
  context.terminal.note(`${asked.id} was asked for; it goes on without this command: ${ownCommand()} models`);
  for (let view = asked; ;) {
    if (view.state !== 'requested') return view;
    await sleep(POLL_MILLISECONDS);
    view = await api.import(asked.id).catch((error: unknown) => {
      if (isPassing(error)) return asked;
      throw error;
    });
  }
}

const refusal = (view: ImportView): CommandOutcome => ({
  code: 'NO',
  data: { import: view },
  lines: [`${view.name} was not imported: ${plainText(view.reason ?? '')}`],
});

async function imported(context: CommandContext, view: ImportView): Promise<CommandOutcome> {
  const { version, evidence } = view;
  const body = importBodySchema.parse((await context.api().evidence(evidence ?? '')).evidence.body);
  const said = Object.entries(body.said ?? {}).map(([name, value]) => [`  ${name}`, plainText(String(value))]);
  const files = (body.files ?? []).map(({ path, digest, bytes }) => [
    `  ${plainText(path)}`,
    `${bytes} bytes`,
    shortDigest(digest),
  ]);
  const what =
    body.source.kind === 'endpoint'
      ? [`what ${body.source.provider} says of it, as its word:`, ...columns(said)]
      : [`${body.files?.length ?? 0} files, ${body.bytes ?? 0} bytes, in the artifact store:`, ...columns(files)];
  return ok({ import: view, found: body }, [
    `${version} is imported · evidence ${shortDigest(evidence ?? '')}`,
    ...what,
  ]);
}
