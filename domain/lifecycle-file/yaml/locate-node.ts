import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  visit,
  type Alias,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { Located, LocatedEntry, Placer } from './located.js';
import type { Problem } from '../problem.js';

const MOST_VALUES = 10_000;
const DEEPEST = 64;

interface Walk {
  /** What each alias stands for: the last node before it with that anchor. */
  targets: Map<Alias, Node>;
  place: Placer;
  problems: Problem[];
  /** Values left before the file counts as a bomb: aliases are expanded, so each expansion counts again. */
  left: number;
}

/** Turns the parser's tree into located values, aliases expanded within bounds; adds to `problems`. */
export function locateNode(document: Document, place: Placer, problems: Problem[]): Located {
  const walk: Walk = { targets: aliasTargets(document), place, problems, left: MOST_VALUES };
  return convert(document.contents, walk, 0);
}

function convert(node: unknown, walk: Walk, depth: number): Located {
  const at = walk.place((node as Node | null)?.range?.[0] ?? 0);
  const refuse = (message: string): Located => {
    walk.problems.push({ at, message });
    return { kind: 'scalar', value: null, at };
  };
  if (walk.left < 0) return { kind: 'scalar', value: null, at };
  if (walk.left-- === 0) return refuse(`This file expands to more than ${MOST_VALUES} values; use fewer aliases.`);
  if (depth > DEEPEST) return refuse('This nests too deep.');
  if (isAlias(node)) {
    const target = walk.targets.get(node);
    return target === undefined
      ? refuse(`Nothing is named by the alias *${node.source}.`)
      : convert(target, walk, depth + 1);
  }
  if (isSeq(node)) return { kind: 'sequence', items: node.items.map((item) => convert(item, walk, depth + 1)), at };
  if (isMap(node)) return { kind: 'mapping', entries: convertEntries(node, walk, depth), at };
  const value = isScalar(node) ? node.value : null;
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) {
    return { kind: 'scalar', value: value as string | number | boolean | null, at };
  }
  return refuse('This is not a value that a lifecycle file can hold.');
}

function aliasTargets(document: Document): Map<Alias, Node> {
  const anchored = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Node: (_, node) => {
      const target = isAlias(node) ? anchored.get(node.source) : undefined;
      if (isAlias(node) && target !== undefined) targets.set(node, target);
      else if (!isAlias(node) && node.anchor !== undefined) anchored.set(node.anchor, node);
    },
  });
  return targets;
}

function convertEntries(map: YAMLMap, walk: Walk, depth: number): Map<string, LocatedEntry> {
  const entries = new Map<string, LocatedEntry>();
  for (const pair of map.items as Pair<Node | null, Node | null>[]) {
    const keyAt = walk.place(pair.key?.range?.[0] ?? map.range?.[0] ?? 0);
    const key = isScalar(pair.key) ? pair.key.value : undefined;
    const refusal = refuseKey(key);
    if (refusal !== undefined) walk.problems.push({ at: keyAt, message: refusal });
    else entries.set(String(key), { keyAt, value: pair.value ? convert(pair.value, walk, depth + 1) : nothing(keyAt) });
  }
  return entries;
}

const nothing = (at: LocatedEntry['keyAt']): Located => ({ kind: 'scalar', value: null, at });

function refuseKey(key: unknown): string | undefined {
  if (typeof key !== 'string') return 'A key must be a text: put it in quotes.';
  if (key === '<<') return 'Merge keys (<<) are not accepted: write the values out, or use an overlay file.';
  if (key === '__proto__') return 'The key "__proto__" is not accepted.';
  return undefined;
}
