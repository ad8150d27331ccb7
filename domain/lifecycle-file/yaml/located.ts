/** Where something stands in a file. Lines and columns count from 1. */
export interface Position {
  file: string;
  line: number;
  column: number;
  /** The whole line, to be shown below an error. */
  lineText: string;
  /** Set where a program made the value: then there are no lines, only the way to it. Empty for the whole. */
  keyPath?: string;
}

/** A value that still knows where each part of it came from. */
export type Located =
  | { kind: 'scalar'; value: string | number | boolean | null; at: Position }
  | { kind: 'sequence'; items: Located[]; at: Position }
  | { kind: 'mapping'; entries: Map<string, LocatedEntry>; at: Position };

export interface LocatedEntry {
  keyAt: Position;
  value: Located;
}

export type Path = readonly PropertyKey[];

/** The position of an offset into a file's text. */
export type Placer = (offset: number) => Position;

/** The same value as plain objects, lists and scalars. */
export function plainValue(node: Located): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(plainValue);
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plainValue(value)]));
}

/** The part under a path, or undefined where there is none. */
export function findPart(root: Located | undefined, path: Path): Located | undefined {
  return path.reduce<Located | undefined>((node, step) => childOf(node, step)?.value, root);
}

/** The items of the sequence under a path; none where there is no sequence. */
export function itemsUnder(root: Located | undefined, path: Path): Located[] {
  const part = findPart(root, path);
  return part?.kind === 'sequence' ? part.items : [];
}

/**
 * Where to point for a problem under a path: the value itself, its key, or, where the path leads nowhere (a missing
 * key), the key of the nearest part that is there.
 */
export function positionOf(root: Located, path: Path, point: 'value' | 'key' = 'value'): Position {
  let node = root;
  let keyAt = root.at;
  for (const step of path) {
    const child = childOf(node, step);
    if (child === undefined) return keyAt;
    node = child.value;
    keyAt = child.keyAt;
  }
  return point === 'key' ? keyAt : node.at;
}

function childOf(node: Located | undefined, step: PropertyKey): LocatedEntry | undefined {
  if (node?.kind === 'mapping') return node.entries.get(String(step));
  const item = node?.kind === 'sequence' ? node.items[Number(step)] : undefined;
  return item && { keyAt: item.at, value: item };
}

/** Lays one file over another: mappings merge deeply; scalars and sequences replace. */
export function overlay(base: Located, over: Located): Located {
  if (base.kind !== 'mapping' || over.kind !== 'mapping') return over;
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const below = entries.get(key);
    const isDeep = below?.value.kind === 'mapping' && entry.value.kind === 'mapping';
    entries.set(key, isDeep ? { keyAt: below.keyAt, value: overlay(below.value, entry.value) } : entry);
  }
  return { kind: 'mapping', entries, at: base.at };
}
