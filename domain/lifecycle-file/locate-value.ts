import type { Problem } from './problem.js';
import type { Located, LocatedEntry, Position } from './yaml/located.js';

const MOST_VALUES = 10_000;
const DEEPEST = 64;

/**
 * Turns what a program exported into located values, as plain as a file could hold them; adds to `problems`. Keys that
 * are undefined are left out; a value that holds itself nests too deep.
 */
export function locateValue(value: unknown, file: string, problems: Problem[]): Located {
  let left = MOST_VALUES;

  function convert(part: unknown, keyPath: string, depth: number): Located {
    const at: Position = { file, line: 1, column: 1, lineText: '', keyPath };
    const refuse = (message: string): Located => {
      problems.push({ at, message });
      return { kind: 'scalar', value: null, at };
    };
    if (left < 0) return { kind: 'scalar', value: null, at };
    if (left-- === 0) return refuse(`This has more than ${MOST_VALUES} values.`);
    if (depth > DEEPEST) return refuse('This nests too deep.');
    if (isScalar(part)) return { kind: 'scalar', value: part, at };
    if (Array.isArray(part)) {
      const items = part.map((item: unknown, index) => convert(item, `${keyPath}[${index}]`, depth + 1));
      return { kind: 'sequence', items, at };
    }
    if (!isPlainObject(part)) return refuse(`A lifecycle holds plain values; this is ${nameOf(part)}.`);
    const entries = new Map<string, LocatedEntry>();
    for (const [key, below] of Object.entries(part).filter(([, below]) => below !== undefined)) {
      const child = convert(below, keyPath === '' ? key : `${keyPath}.${key}`, depth + 1);
      entries.set(key, { keyAt: child.at, value: child });
    }
    return { kind: 'mapping', entries, at };
  }

  return convert(value, '', 0);
}

const isScalar = (part: unknown): part is string | number | boolean | null =>
  part === null || ['string', 'number', 'boolean'].includes(typeof part);

function isPlainObject(part: unknown): part is Record<string, unknown> {
  if (typeof part !== 'object' || part === null) return false;
  const prototype: unknown = Object.getPrototypeOf(part);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function nameOf(part: unknown): string {
  if (typeof part !== 'object' || part === null) return part === undefined ? 'undefined' : `a ${typeof part}`;
  return `a ${part.constructor.name}`;
}
