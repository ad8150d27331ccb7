import type { NamesInUse, Used } from './dangling.js';
import { findPart, itemsUnder, type Located, type Path, type Position } from '../yaml/located.js';

/** A task file; where it is not right, its metrics say nothing about the gates. */
interface TaskRead {
  root: Located | undefined;
  isRight: boolean;
}

/** The names in use in a file as written, as far as it can be read: wrong parts elsewhere do not hide them. */
export function namesInFile(
  root: Located,
  tasks: readonly TaskRead[],
  card: Located | undefined,
): NamesInUse<Position> {
  const sources = itemsUnder(root, ['data', 'sources']);
  const steps = itemsUnder(root, ['data', 'curate']).map((step) => findPart(step, ['split']));
  return {
    sources: sources.flatMap((source) => used(source, ['id'])),
    splits: steps.flatMap((split) =>
      used(split, ['source']).map((source) => ({ source, by: used(split, ['by'])[0]?.name })),
    ),
    tasks: tasks.flatMap(namesInTask),
    gates: itemsUnder(root, ['evaluate', 'gates']).flatMap((gate) =>
      used(gate, ['task']).flatMap((task) => used(gate, ['metric']).map((metric) => ({ task, metric }))),
    ),
    feedback: sources.flatMap((source) => used(source, ['labels', 'feedback'])),
    alias: used(root, ['deploy', 'alias'])[0]?.name,
    base: used(root, ['model', 'base', 'id'])[0]?.name,
    card: used(card, ['id'])[0],
    allTasksRead: tasks.every((task) => namesInTask(task).length > 0),
  };
}

function namesInTask({ root: task, isRight }: TaskRead): NamesInUse<Position>['tasks'] {
  const metrics = itemsUnder(task, ['metrics']).flatMap((metric) => used(metric, []).map(({ name }) => name));
  const [id] = used(task, ['id']);
  const [source] = used(task, ['dataset', 'source']);
  const [split] = used(task, ['dataset', 'split']);
  return id && source && split ? [{ id, source, split, metrics: isRight ? metrics : undefined }] : [];
}

function used(root: Located | undefined, path: Path): Used<Position>[] {
  const part = findPart(root, path);
  return part?.kind === 'scalar' && typeof part.value === 'string' ? [{ name: part.value, at: part.at }] : [];
}
