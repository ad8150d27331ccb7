import { digestOf } from '../evidence/canonical.js';
import type { Digest } from '../kernel/digest.js';
import { LifecycleError } from '../kernel/errors.js';
import { findDangling } from './references/dangling.js';
import { findSecrets } from './find-secrets.js';
import { overlay, type Located } from './yaml/located.js';
import { namesInFile } from './references/names-in-file.js';
import { parseYaml } from './yaml/parse-yaml.js';
import type { LifecyclePlan } from './plan.js';
import { throwProblems, type Problem } from './problem.js';
import { readReferences } from './references/read-references.js';
import { readText, type ReadFile } from './references/read-text.js';
import { resolvePlan } from './resolve-plan.js';
import { validate } from './validate.js';
import { writtenLifecycle } from './schema/written-schema.js';

export interface LoadedLifecycle {
  plan: LifecyclePlan;
  planDigest: Digest;
}

/**
 * Reads a lifecycle file with its overlays (later files lie over earlier ones) and all that it points at. Paths in a
 * file are relative to it and stay inside its folder.
 * @throws LifecycleError INVALID_INPUT with every problem as `file:line:column message` in `details.problems`.
 */
export async function loadLifecycle(paths: readonly string[], readFile: ReadFile): Promise<LoadedLifecycle> {
  const root = await readLayers(paths, readFile);
  const { value: written, problems } = validate(writtenLifecycle, root);
  problems.push(...findSecrets(root));
  const files = await readReferences(root, readFile, problems);
  const names = namesInFile(
    root,
    files.tasks.map((task) => ({ root: task.root, isRight: task.value !== undefined })),
    files.card.root,
  );
  problems.push(...findDangling(names));
  throwProblems(problems);
  if (written === undefined) throw new LifecycleError('INTERNAL', 'A file without problems has no value.');
  const plan = resolvePlan(written, files);
  return { plan, planDigest: digestOf(plan) };
}

async function readLayers(paths: readonly string[], readFile: ReadFile): Promise<Located> {
  const problems: Problem[] = [];
  const layers: Located[] = [];
  for (const path of paths) {
    const text = await readText(path, { file: path, line: 1, column: 1, lineText: '' }, readFile, problems);
    const parsed = text === undefined ? undefined : parseYaml(path, text);
    problems.push(...(parsed?.problems ?? []));
    if (parsed?.root !== undefined) layers.push(parsed.root);
  }
  throwProblems(problems);
  const [first, ...rest] = layers;
  if (first === undefined) throw new LifecycleError('INVALID_INPUT', 'Name at least one lifecycle file.');
  return rest.reduce(overlay, first);
}
