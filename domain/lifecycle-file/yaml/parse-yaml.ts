import { LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';
import type { Located, Placer, Position } from './located.js';
import { locateNode } from './locate-node.js';
import { nestsTooDeep } from './nesting-guard.js';
import type { Problem } from '../problem.js';

const LARGEST = 65_536;
/** Further ones are most often consequences of the first. */
const MOST_ERRORS = 50;

interface ParsedYaml {
  /** Undefined where the file cannot be read at all. */
  root: Located | undefined;
  problems: Problem[];
}

/**
 * Reads YAML 1.2 (core schema: `no` is a text, `1.10` a number) with the position of every part. Tags, directives,
 * merge keys, duplicate keys, several documents and aliases that multiply are problems.
 */
export function parseYaml(file: string, text: string): ParsedYaml {
  const start = { file, line: 1, column: 1, lineText: text.split('\n', 1)[0] ?? '' };
  const refuse = (message: string): ParsedYaml => ({ root: undefined, problems: [{ at: start, message }] });
  if (text.length > LARGEST) return refuse(`This file is larger than ${LARGEST / 1024} KB.`);
  if (nestsTooDeep(text)) return refuse('This file nests too deep.');
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, resolveKnownTags: false });
  const place = placer(file, text, counter);
  const problems = [
    ...[...document.errors, ...document.warnings].slice(0, MOST_ERRORS).map((error) => toProblem(error, place, text)),
    ...directiveProblems(document, start),
  ];
  if (problems.length > 0) return { root: undefined, problems };
  if (document.contents === null) return refuse('This file is empty.');
  const root = locateNode(document, place, problems);
  return { root, problems };
}

function placer(file: string, text: string, counter: LineCounter): Placer {
  const lines = text.split(/\r?\n/);
  return (offset) => {
    const { line, col } = counter.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), lineText: lines[line - 1] ?? '' };
  };
}

function directiveProblems(document: Document, at: Position): Problem[] {
  const isDirected = document.directives?.yaml.explicit === true;
  return isDirected ? [{ at, message: 'A %YAML directive is not accepted: files are read as YAML 1.2.' }] : [];
}

function toProblem(error: YAMLError, place: Placer, text: string): Problem {
  const shown = text.slice(...error.pos).split(/\s/, 1)[0] ?? '';
  return { at: place(error.pos[0]), message: wordError(error, shown) };
}

function wordError(error: YAMLError, shown: string): string {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return 'A tab cannot indent YAML: use spaces.';
    case 'DUPLICATE_KEY':
      return `Duplicate key${shown ? ` "${shown.replace(/:$/, '')}"` : ''}: each key stands once in a mapping.`;
    case 'TAG_RESOLVE_FAILED':
      return `The tag ${shown} is not accepted: a lifecycle file holds plain values, never programs.`;
    case 'MULTIPLE_DOCS':
      return 'One document a file: take out what follows "---".';
    default:
      return `${error.message}.`;
  }
}
