import { digestOf } from '../evidence/canonical.js';
import type { Digest } from '../kernel/digest.js';
import { LifecycleError } from '../kernel/errors.js';
import { findDangling } from './references/dangling.js';
import { findSecrets } from './find-secrets.js';
import { locateValue } from './locate-value.js';
import { overlay, type Located } from './yaml/located.js';
import { namesInFile } from './references/names-in-file.js';
import { parseYaml } from './yaml/parse-yaml.js';
import type { LifecyclePlan } from './plan.js';
import { throwProblems, type Problem } from './problem.js';
import { readReferences } from './references/read-references.js';
import { readText, type ReadFile } from './references/read-text.js';
import type { Registered } from './references/registered.js';
import { resolvePlan } from './resolve-plan.js';
import { validate } from './validate.js';
import { writtenLifecycle } from './schema/written-schema.js';

/** A layer: the path of a YAML file, or what a program exported, with the path of the program. */
export type LifecycleLayer = string | { file: string; value: unknown };

export interface LoadedLifecycle {
  plan: LifecyclePlan;
  planDigest: Digest;
}

/**
 * Reads a lifecycle file with its overlays (later ones lie over earlier ones) and all that it points at. Paths in a
 * file are relative to it and stay inside its folder. `registered` is asked for what an installation keeps.
 * @throws LifecycleError INVALID_INPUT with every problem as `file:line:column message` in `details.problems`.
 */
export async function loadLifecycle(
  written: readonly LifecycleLayer[],
  readFile: ReadFile,
  registered: Registered = NOTHING_REGISTERED,
): Promise<LoadedLifecycle> {
  const root = await readLayers(written, readFile);
  const { value: lifecycle, problems } = validate(writtenLifecycle, root);
  problems.push(...findSecrets(root));
  const files = await readReferences(root, { readFile, registered, problems });
  const names = namesInFile(
    root,
    files.tasks.map((task) => ({ root: task.root, isRight: task.value !== undefined })),
    files.card.root,
  );
  problems.push(...findDangling(names));
  throwProblems(problems);
  if (lifecycle === undefined) throw new LifecycleError('INTERNAL', 'A file without problems has no value.');
  const plan = resolvePlan(lifecycle, files);
  return { plan, planDigest: digestOf(plan) };
}

const notAsked = (what: string) => () =>
  Promise.reject(new LifecycleError('NOT_FOUND', `${what} are kept by an api; none is asked here.`));

const NOTHING_REGISTERED: Registered = {
  base: notAsked('Imported base models'),
  prompt: notAsked('Registered prompts'),
};

async function readLayers(written: readonly LifecycleLayer[], readFile: ReadFile): Promise<Located> {
  const problems: Problem[] = [];
  const layers: Located[] = [];
  for (const layer of written) {
    const root = typeof layer === 'string' ? await readYaml(layer, readFile, problems) : locateLayer(layer, problems);
    if (root !== undefined) layers.push(root);
  }
  throwProblems(problems);
  const [first, ...rest] = layers;
  if (first === undefined) throw new LifecycleError('INVALID_INPUT', 'Name at least one lifecycle file.');
  return rest.reduce(overlay, first);
}

async function readYaml(path: string, readFile: ReadFile, problems: Problem[]): Promise<Located | undefined> {
  const text = await readText(path, { file: path, line: 1, column: 1, lineText: '' }, readFile, problems);
  const parsed = text === undefined ? undefined : parseYaml(path, text);
  problems.push(...(parsed?.problems ?? []));
  return parsed?.root;
}

const locateLayer = ({ file, value }: Exclude<LifecycleLayer, string>, problems: Problem[]): Located =>
  locateValue(value, file, problems);
