import { CompactRange } from '../evidence/compact-range.js';
import { LifecycleError } from '../kernel/errors.js';
import { parseCheckpoint } from './checkpoint-note.js';
import { eventLeafHash } from './event-content.js';
import {
  EXPORT_FORMAT,
  headerSchema,
  isCheckpoint,
  isLeaf,
  type ExportedLeaf,
  type ExportHeader,
} from './export-line.js';
import { whatCannotBeExcluded, type LogProblem, type LogReport, type TrustedCheckpoint } from './log-report.js';
import { judgeSignature, parseVerifierKey, type VerifierKey } from './signed-note.js';
import { createTrust, type Trust } from './trusted-checkpoints.js';

export interface VerifyOptions {
  /** Only these keys count; without any, those that the file names. */
  keys?: readonly VerifierKey[];
  /** Asked once, when the file has said which log it is of. */
  trusted?: (origin: string) => readonly TrustedCheckpoint[];
}

export interface LogVerifier {
  /** The next line of the file, without its end. @throws LifecycleError INVALID_INPUT for what is no such file */
  line(text: string): void;
  /** @throws LifecycleError INVALID_INPUT where there was no line */
  finish(): LogReport;
}

/**
 * Verifies what `assay audit export` wrote, line by line in constant memory: each entry against its leaf, the tree
 * against each checkpoint and each trusted one, each signature. It finds what was edited, deleted, moved or added, and
 * names the entry where leaf and content disagree, else the entries between the last checkpoint that holds and the
 * first that does not.
 */
export function createLogVerifier(options: VerifyOptions = {}): LogVerifier {
  let log: LogState | undefined;
  let lines = 0;
  return {
    line(text) {
      lines += 1;
      const value = parseLine(text, lines);
      if (log === undefined) log = begin(readHeader(value), options);
      else if (isLeaf(value)) readLeaf(log, value);
      else if (isCheckpoint(value)) readCheckpoint(log, value.checkpoint, lines);
      else throw badLine(lines, 'it is neither an entry nor a checkpoint');
    },
    finish() {
      if (log === undefined) throw badLine(1, 'the file is empty');
      return finish(log);
    },
  };
}

interface LogState {
  origin: string;
  /** They count. */
  keys: readonly VerifierKey[];
  /** Those that the file names. */
  named: readonly VerifierKey[];
  keysFrom: LogReport['keysFrom'];
  tree: CompactRange;
  /** No root can be told from here on: entries are missing, or a root was wrong. */
  isBroken: boolean;
  trust: Trust;
  problems: LogProblem[];
  entries: number;
  hashOnly: number;
  checkpoints: number;
  /** The largest size whose root held. */
  goodSize: number;
  last: LogReport['last'];
}

function begin({ origin, keys }: ExportHeader, options: VerifyOptions): LogState {
  const given = options.keys ?? [];
  const named = keys.map(({ vkey }) => parseVerifierKey(vkey));
  const accepted = given.length > 0 ? given : named;
  const problems: LogProblem[] = [];
  const trusted = options.trusted?.(origin) ?? [];
  return {
    origin,
    keys: accepted,
    named,
    keysFrom: given.length > 0 ? 'given' : 'file',
    tree: new CompactRange(),
    isBroken: false,
    trust: createTrust({ origin, keys: accepted, trusted, problems }),
    problems,
    entries: 0,
    hashOnly: 0,
    checkpoints: 0,
    goodSize: 0,
    last: null,
  };
}

function readLeaf(log: LogState, { leafIndex, leafHash, event }: ExportedLeaf): void {
  const { tree, problems, entries: expected } = log;
  if (leafIndex < expected) {
    const message = `Entry ${leafIndex} stands after entry ${expected - 1}: it was moved or added.`;
    return void problems.push({ kind: 'order', from: leafIndex, to: leafIndex, message });
  }
  if (leafIndex > expected) {
    problems.push(missing(expected, leafIndex - 1));
    log.isBroken = true;
  }
  log.entries = leafIndex + 1;
  const stated = Buffer.from(leafHash, 'hex');
  if (!log.isBroken) tree.append(stated);
  if (event === null) log.hashOnly += 1;
  else if (!eventLeafHash(event).equals(stated)) {
    const message = `Entry ${leafIndex} does not say what was chained: its content and its leaf hash disagree.`;
    problems.push({ kind: 'content', from: leafIndex, to: leafIndex, message });
  }
  if (!log.isBroken) log.trust.compare(tree);
}

function readCheckpoint(log: LogState, note: string, line: number): void {
  const { tree, problems, goodSize } = log;
  const { size, root, origin, note: signed } = parseCheckpointOf(note, line);
  const about = { from: goodSize, to: Math.max(goodSize, size - 1) };
  if (origin !== log.origin) {
    const message = `The checkpoint of size ${size} is of the log ${origin}, not of ${log.origin}.`;
    return void problems.push({ kind: 'origin', ...about, message });
  }
  const signature = judgeSignature(signed, log.keys);
  // One by a key that the file names and that was not given is no flaw; it only does not count.
  const named = signature.state === 'unknown' ? judgeSignature(signed, log.named) : signature;
  if (named.state !== 'verified') {
    const why = named.state === 'forged' ? 'is not by the key that it names' : 'is by no key that is known';
    const message = `The signature of the checkpoint of size ${size} ${why}.`;
    problems.push({ kind: 'signature', ...about, message });
  }
  if (log.isBroken) return;
  if (size > tree.size) {
    problems.push(missing(tree.size, size - 1));
    log.isBroken = true;
  } else if (size < tree.size) {
    const message = `The checkpoint of size ${size} stands after entry ${tree.size - 1}: it or the entry was moved.`;
    problems.push({ kind: 'order', from: size, to: tree.size - 1, message });
  } else if (!root.equals(tree.root())) {
    const before = goodSize === 0 ? 'none before it holds' : `that of size ${goodSize} holds`;
    const message = `Between the entries ${about.from} and ${about.to} the log is not what was signed: the checkpoint of size ${size} does not hold, ${before}.`;
    problems.push({ kind: 'root', ...about, message });
    log.isBroken = true;
  } else if (signature.state === 'verified') {
    log.goodSize = size;
    log.checkpoints += 1;
    log.last = { size, root: root.toString('hex'), note, vkey: signature.key.vkey };
  }
}

function finish(log: LogState): LogReport {
  const { origin, entries, trust, problems, hashOnly, checkpoints, last, keysFrom } = log;
  if (last === null && entries > 0 && problems.length === 0) {
    const message = `No checkpoint is signed by ${keysFrom === 'given' ? 'a key that you gave' : 'a key that the file names'}.`;
    problems.push({ kind: 'signature', from: 0, to: entries - 1, message });
  }
  if (!log.isBroken) trust.finish(entries);
  const report = { origin, entries, hashOnly, checkpoints, last, keysFrom, holds: trust.holds, problems };
  return { ...report, cannotExclude: whatCannotBeExcluded(report) };
}

const missing = (from: number, to: number): LogProblem => ({
  kind: 'missing',
  from,
  to,
  message: from === to ? `Entry ${from} is missing.` : `Entries ${from} to ${to} are missing.`,
});

/** A line is exactly what its JSON says: with a key twice, two readers would see two things. */
function parseLine(text: string, line: number): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badLine(line, 'it is no JSON');
  }
  if (JSON.stringify(value) !== text)
    throw badLine(line, 'it is not written as its JSON says (a key twice, or spaces)');
  return value;
}

function readHeader(value: unknown): ExportHeader {
  const { success, data } = headerSchema.safeParse(value);
  if (!success) throw badLine(1, `it does not begin an export in the format ${EXPORT_FORMAT}`);
  return data;
}

function parseCheckpointOf(note: string, line: number): ReturnType<typeof parseCheckpoint> {
  try {
    return parseCheckpoint(note);
  } catch (cause) {
    throw badLine(line, 'its checkpoint cannot be read', cause);
  }
}

const badLine = (line: number, why: string, cause?: unknown): LifecycleError =>
  new LifecycleError(
    'INVALID_INPUT',
    `Line ${line} is not of an audit log: ${why}. Export it again with "assay audit export -o <file>".`,
    { line },
    cause,
  );
