/** What is wrong with a log, with the entries that it concerns: `from` to `to`, both included. */
export interface LogProblem {
  kind: 'content' | 'missing' | 'order' | 'root' | 'signature' | 'origin' | 'cut' | 'fork';
  from: number;
  to: number;
  message: string;
}

/** A checkpoint that was not taken from the file. */
export interface TrustedCheckpoint {
  /** Given by the caller, or remembered from an earlier verification on this machine. */
  source: 'given' | 'remembered';
  note: string;
}

export interface LogReport {
  origin: string;
  entries: number;
  /** Entries whose content is not in the file. */
  hashOnly: number;
  checkpoints: number;
  /** The largest checkpoint whose root and signature hold. */
  last: { size: number; root: string; note: string; vkey: string } | null;
  /** Whether the keys were given, or are the file's own word. */
  keysFrom: 'given' | 'file';
  /** The trusted checkpoints that the log holds. */
  holds: { source: TrustedCheckpoint['source']; size: number }[];
  problems: LogProblem[];
  /** What this verification says nothing about; sentences. */
  cannotExclude: string[];
}

/** What can be wrong although nothing was found. */
export function whatCannotBeExcluded(report: Omit<LogReport, 'cannotExclude'>): string[] {
  const { entries, hashOnly, last, keysFrom, holds, problems } = report;
  const held = Math.max(0, ...holds.map(({ size }) => size));
  const signed = last?.size ?? 0;
  const said: string[] = [];
  const isKnownCut = problems.some(({ kind }) => kind === 'cut' || kind === 'fork');
  if (held > 0)
    said.push(`Entries cut off after the last one: a trusted checkpoint says only that there were ${held}.`);
  else if (!isKnownCut) said.push('Entries cut off at the end: no trusted checkpoint says how many there were.');
  if (keysFrom === 'file')
    said.push('A log made up as a whole: the key is the word of the file. Give the key that you know with --key.');
  if (signed < entries)
    said.push(`A change of the entries ${signed} to ${entries - 1}: they are under no checkpoint that holds.`);
  if (hashOnly > 0)
    said.push(`What ${hashOnly} of ${entries} entries say: they are of other projects, and here by their hash alone.`);
  said.push('An event that was deleted before it was chained (within about a second of its change).');
  return said;
}
