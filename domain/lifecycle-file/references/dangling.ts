import { didYouMean } from '../../did-you-mean.js';

/** A name as used somewhere, and the place where: a position in a file, or a path in a plan. */
export interface Used<Place> {
  name: string;
  at: Place;
}

/** Every name of a lifecycle that points at another part of it. Parts that could not be read are left out. */
export interface NamesInUse<Place> {
  sources: Used<Place>[];
  splits: { source: Used<Place>; by: string | undefined }[];
  tasks: { id: Used<Place>; source: Used<Place>; split: Used<Place>; metrics: string[] | undefined }[];
  gates: { task: Used<Place>; metric: Used<Place> }[];
  feedback: Used<Place>[];
  alias: string | undefined;
  base: string | undefined;
  card: Used<Place> | undefined;
  /** False where a task file could not be read: a gate on it is then no second problem. */
  allTasksRead: boolean;
}

interface Dangling<Place> {
  at: Place;
  message: string;
}

/** Every name that leads nowhere or to two places, with the name that was probably meant. */
export function findDangling<Place>(names: NamesInUse<Place>): Dangling<Place>[] {
  return [
    ...repeated('source', names.sources),
    ...repeated(
      'task',
      names.tasks.map(({ id }) => id),
    ),
    ...repeated(
      'split of source',
      names.splits.map(({ source }) => source),
    ),
    ...names.splits.flatMap(({ source }) => unknown('source', source, namesOf(names.sources))),
    ...names.tasks.flatMap((task) => danglingTask(task, names)),
    ...names.gates.flatMap((gate) => danglingGate(gate, names)),
    ...names.feedback.flatMap((used) =>
      unknown('alias', used, names.alias === undefined ? [used.name] : [names.alias]),
    ),
    ...danglingCard(names),
  ];
}

function danglingTask<Place>(task: NamesInUse<Place>['tasks'][number], names: NamesInUse<Place>): Dangling<Place>[] {
  const missing = unknown('source', task.source, namesOf(names.sources));
  if (missing.length > 0) return missing;
  const split = names.splits.find(({ source }) => source.name === task.source.name);
  if (split === undefined)
    return [{ at: task.source.at, message: `No split step in data.curate for "${task.source.name}".` }];
  const isMissing = task.split.name === 'validation' && split.by === 'time';
  return isMissing ? [{ at: task.split.at, message: 'A split by time has no validation part: use test.' }] : [];
}

function danglingGate<Place>(gate: NamesInUse<Place>['gates'][number], names: NamesInUse<Place>): Dangling<Place>[] {
  const task = names.tasks.find(({ id }) => id.name === gate.task.name);
  if (task !== undefined) {
    return unknown('metric', gate.metric, task.metrics ?? [gate.metric.name], ` of task "${task.id.name}"`);
  }
  if (!names.allTasksRead) return [];
  return unknown(
    'task',
    gate.task,
    names.tasks.map(({ id }) => id.name),
  );
}

function danglingCard<Place>({ base, card }: NamesInUse<Place>): Dangling<Place>[] {
  if (card === undefined || base === undefined || card.name === base) return [];
  return [{ at: card.at, message: `This card is of "${card.name}", but the base model is "${base}".` }];
}

function unknown<Place>(kind: string, used: Used<Place>, known: string[], of = ''): Dangling<Place>[] {
  if (known.includes(used.name)) return [];
  const hint = didYouMean(used.name, known) || ` Known: ${known.join(', ') || 'none'}.`;
  return [{ at: used.at, message: `Unknown ${kind} "${used.name}"${of}.${hint}` }];
}

function repeated<Place>(kind: string, all: Used<Place>[]): Dangling<Place>[] {
  return all
    .filter((used, i) => all.findIndex(({ name }) => name === used.name) < i)
    .map((used) => ({ at: used.at, message: `A second ${kind} "${used.name}": each stands once.` }));
}

const namesOf = <Place>(all: Used<Place>[]): string[] => all.map(({ name }) => name);
