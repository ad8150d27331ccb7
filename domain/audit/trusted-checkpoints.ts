import type { CompactRange } from '../evidence/compact-range.js';
import { parseCheckpoint } from './checkpoint-note.js';
import type { LogProblem, LogReport, TrustedCheckpoint } from './log-report.js';
import { judgeSignature, type VerifierKey } from './signed-note.js';

const WORDS = { given: 'the trusted checkpoint', remembered: 'the checkpoint seen here before' } as const;

/** Checkpoints that the log must hold; what is wrong is added to the problems. */
export interface Trust {
  holds: LogReport['holds'];
  /** With each tree that grows by one leaf. */
  compare(tree: CompactRange): void;
  /** At the end of the log. */
  finish(entries: number): void;
}

export function createTrust(options: {
  origin: string;
  keys: readonly VerifierKey[];
  trusted: readonly TrustedCheckpoint[];
  problems: LogProblem[];
}): Trust {
  const { origin, keys, problems } = options;
  const holds: LogReport['holds'] = [];
  const waiting = options.trusted.flatMap(({ source, note }) => {
    const checkpoint = parseCheckpoint(note);
    const { size, root } = checkpoint;
    const about = { from: 0, to: Math.max(0, size - 1) };
    const words = `${WORDS[source]} of size ${size}`;
    if (checkpoint.origin !== origin) {
      const message = `This is the log ${origin}; ${words} is of ${checkpoint.origin}.`;
      problems.push({ kind: 'origin', ...about, message });
      return [];
    }
    // One that was seen before was verified then; its key may have been changed since.
    if (source === 'given' && judgeSignature(checkpoint.note, keys).state !== 'verified') {
      problems.push({ kind: 'signature', ...about, message: `No key that counts has signed ${words}.` });
      return [];
    }
    return [{ source, size, root, about, words }];
  });

  return {
    holds,
    compare(tree) {
      for (const { source, size, root, about, words } of waiting) {
        if (size !== tree.size) continue;
        if (root.equals(tree.root())) holds.push({ source, size });
        else {
          const message = `A fork: entries ${about.from} to ${about.to} are not those of ${words}.`;
          problems.push({ kind: 'fork', ...about, message });
        }
      }
    },
    finish(entries) {
      for (const { size, words } of waiting) {
        if (size <= entries) continue;
        const message = `The log was cut back: it has ${entries} entries, ${words} has signed ${size}.`;
        problems.push({ kind: 'cut', from: entries, to: size - 1, message });
      }
    },
  };
}
