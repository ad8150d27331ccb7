import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventContent } from '../../../domain/audit/event-content.js';
import type { LogReport, TrustedCheckpoint } from '../../../domain/audit/log-report.js';
import { isLifecycleError } from '../../../domain/kernel/errors.js';
import { parseVerifierKey, verifierKey } from '../../../domain/audit/signed-note.js';
import { ORIGIN, eventOf, exportOf, noteOver, testKey, verifyLines } from '../../support/exported-log.js';

const events = (count: number): EventContent[] => Array.from({ length: count }, (_, index) => eventOf(index));
const keyOf = (seed: number) => parseVerifierKey(verifierKey(ORIGIN, testKey(seed)));
const trust = (note: string, source: TrustedCheckpoint['source'] = 'given') => ({
  trusted: () => [{ source, note }],
});
const kinds = (lines: string[], options = {}) => verifyLines(lines, options).problems.map(({ kind }) => kind);

/** A log with a checkpoint at every third entry and at its end. */
const anyLog = fc
  .integer({ min: 2, max: 40 })
  .chain((count) => fc.record({ count: fc.constant(count), at: fc.nat(count - 1), other: fc.nat(count - 1) }));
const sizesOf = (count: number): number[] => [
  ...new Set([...Array.from({ length: Math.floor(count / 3) }, (_, n) => (n + 1) * 3), count]),
];
const honest = (count: number): string[] => exportOf(events(count), { sizes: sizesOf(count) });
const lineOf = (lines: readonly string[], leafIndex: number): number =>
  lines.findIndex((line) => line.startsWith(`{"leafIndex":${leafIndex},`));

/** Whether a changed file is taken for the log that it was; the first line's keys count for nothing beside a given one. */
function passesAs(before: LogReport, changed: string[], lines: string[]): boolean {
  try {
    const after = verifyLines(changed, { keys: [keyOf(1)] });
    const isHeaderOnly = changed.slice(1).join('\n') === lines.slice(1).join('\n');
    return after.problems.length === 0 && after.last?.size === before.last?.size && !isHeaderOnly;
  } catch (error) {
    if (isLifecycleError(error, 'INVALID_INPUT')) return false;
    throw error;
  }
}

describe('property P1: an honest log verifies, whatever is done to it is found', () => {
  it('an honest log verifies, of any length', () => {
    fc.assert(
      fc.property(anyLog, ({ count }) => {
        const report = verifyLines(honest(count), { keys: [keyOf(1)] });
        expect(report.problems).toEqual([]);
        expect(report).toMatchObject({ entries: count, last: { size: count }, keysFrom: 'given' });
      }),
    );
  });

  it('an edited entry is named', () => {
    fc.assert(
      fc.property(anyLog, ({ count, at }) => {
        const lines = honest(count);
        const line = lineOf(lines, at);
        lines[line] = lines[line]!.replace('"actor":"ada"', '"actor":"eve"');
        expect(verifyLines(lines).problems).toMatchObject([{ kind: 'content', from: at, to: at }]);
      }),
    );
  });

  it('an entry edited with its leaf hash lies in the range that is named, between two checkpoints', () => {
    fc.assert(
      fc.property(anyLog, ({ count, at }) => {
        const changed = events(count).map((event, index) => (index === at ? { ...event, actor: 'eve' } : event));
        const signed = honest(count).filter((line) => line.startsWith('{"checkpoint"'));
        const forged = exportOf(changed, { sizes: sizesOf(count) });
        const lines = forged.map((line) => (line.startsWith('{"checkpoint"') ? signed.shift()! : line));
        const [problem, ...others] = verifyLines(lines).problems;
        expect(others).toEqual([]);
        expect(problem?.kind).toBe('root');
        expect(problem!.from).toBeLessThanOrEqual(at);
        expect(problem!.to).toBeGreaterThanOrEqual(at);
        expect(problem!.to - problem!.from).toBeLessThan(3);
      }),
    );
  });

  it('a deleted entry is named', () => {
    fc.assert(
      fc.property(anyLog, ({ count, at }) => {
        const lines = honest(count);
        lines.splice(lineOf(lines, at), 1);
        expect(verifyLines(lines).problems[0]).toMatchObject({ kind: 'missing', from: at, to: at });
      }),
    );
  });

  it('entries that changed places are named, also with their numbers changed', () => {
    fc.assert(
      fc.property(anyLog, ({ count, at, other }) => {
        fc.pre(at !== other);
        const lines = honest(count);
        const [a, b] = [lineOf(lines, at), lineOf(lines, other)];
        const [one, two] = [lines[a]!, lines[b]!];
        [lines[a], lines[b]] = [two, one];
        expect(verifyLines(lines).problems[0]).toMatchObject({ kind: 'missing', from: Math.min(at, other) });
        lines[a] = two.replace(`"leafIndex":${other},`, `"leafIndex":${at},`);
        lines[b] = one.replace(`"leafIndex":${at},`, `"leafIndex":${other},`);
        const [problem] = verifyLines(lines).problems;
        expect(problem?.kind).toBe('root');
        expect(problem!.from).toBeLessThanOrEqual(Math.min(at, other));
        expect(problem!.to).toBeGreaterThanOrEqual(Math.min(at, other));
      }),
    );
  });

  it('an added entry is named, also where all that follow are numbered anew', () => {
    fc.assert(
      fc.property(anyLog, ({ count, at }) => {
        const lines = honest(count);
        const added = exportOf([...events(at), { ...eventOf(at), actor: 'eve' }], { sizes: [] }).at(-1)!;
        lines.splice(lineOf(lines, at), 0, added);
        expect(verifyLines(lines).problems[0]).toMatchObject({ kind: 'order', from: at, to: at });

        const longer = [...events(at), eventOf(1000), ...events(count).slice(at)];
        const signed = honest(count).filter((line) => line.startsWith('{"checkpoint"'));
        const renumbered = exportOf(longer, { sizes: sizesOf(count) });
        const forged = renumbered.map((line) => (line.startsWith('{"checkpoint"') ? signed.shift()! : line));
        const [problem] = verifyLines(forged).problems;
        expect(problem?.kind).toBe('root');
        expect(problem!.from).toBeLessThanOrEqual(at);
        expect(problem!.to).toBeGreaterThanOrEqual(at);
      }),
    );
  });

  it('a byte that is changed anywhere never passes as what was exported', () => {
    const lines = honest(7);
    const whole = lines.join('\n');
    const before = verifyLines(lines, { keys: [keyOf(1)] });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.constantFrom('x', '0', '"', ' ', '}'), (at, character) => {
        fc.pre(whole[at] !== character);
        const changed = `${whole.slice(0, at)}${character}${whole.slice(at + 1)}`.split('\n');
        expect(passesAs(before, changed, lines)).toBe(false);
      }),
      { numRuns: 400 },
    );
  });
});

describe('property P2: a log that was cut back is found by a trusted checkpoint, and by nothing else', () => {
  it('says of a bare log that truncation is not excluded', () => {
    fc.assert(
      fc.property(anyLog, ({ count, at }) => {
        const kept = at + 1;
        const cut = exportOf(events(kept), { sizes: sizesOf(kept) });
        const report = verifyLines(cut);
        expect(report.problems).toEqual([]);
        expect(report.cannotExclude.join('\n')).toContain('Entries cut off at the end');

        const trusted = verifyLines(cut, trust(noteOver(events(count))));
        if (kept === count) {
          expect(trusted.problems).toEqual([]);
          expect(trusted.holds).toEqual([{ source: 'given', size: count }]);
          expect(trusted.cannotExclude.join('\n')).toContain(
            `a trusted checkpoint says only that there were ${count}.`,
          );
        } else expect(trusted.problems).toMatchObject([{ kind: 'cut', from: kept, to: count - 1 }]);
      }),
    );
  });

  it('attack 14: the last five entries cut off and the rest signed anew do not match the signed head', () => {
    const head = noteOver(events(20));
    const cut = exportOf(events(15), { sizes: [5, 15] });
    expect(kinds(cut)).toEqual([]);
    expect(verifyLines(cut, trust(head)).problems).toMatchObject([
      {
        kind: 'cut',
        message: 'The log was cut back: it has 15 entries, the trusted checkpoint of size 20 has signed 20.',
      },
    ]);
    const recomputed = [...events(15), ...[90, 91, 92, 93, 94].map(eventOf)];
    expect(verifyLines(exportOf(recomputed, { sizes: [5, 15, 20] }), trust(head)).problems).toMatchObject([
      { kind: 'fork', from: 0, to: 19 },
    ]);
  });
});

describe('a checkpoint counts', () => {
  const lines = exportOf(events(9), { sizes: [3, 6, 9] });
  const last = lines.length - 1;

  it('only with a signature that is by its key', () => {
    const forged = lines.with(
      last,
      lines[last]!.replace(/ ([A-Za-z0-9+/]+)(=*\\n"\})$/, (_all, base64: string, end: string) => {
        const bytes = Buffer.from(base64, 'base64');
        bytes[20]! ^= 1;
        return ` ${bytes.toString('base64').replace(/=+$/, '')}${end}`;
      }),
    );
    expect(verifyLines(forged).problems).toMatchObject([{ kind: 'signature', from: 6, to: 8 }]);
  });

  it('only under a key that was given, where one was', () => {
    expect(verifyLines(lines, { keys: [keyOf(2)] }).problems).toMatchObject([
      { kind: 'signature', message: 'No checkpoint is signed by a key that you gave.' },
    ]);
    expect(verifyLines(lines).cannotExclude.join('\n')).toContain('the key is the word of the file');
    expect(verifyLines(lines, { keys: [keyOf(1)] }).cannotExclude.join('\n')).not.toContain('the word of the file');
  });

  it('after a change of key, under the one that signed it', () => {
    const header = JSON.parse(lines[0]!) as { keys: object[] };
    header.keys.unshift({ vkey: keyOf(2).vkey, since: '2026-03-04T00:00:00Z' });
    const stranger = lines.with(last, JSON.stringify({ checkpoint: noteOver(events(9), testKey(2)) }));
    expect(kinds(stranger)).toEqual(['signature']);
    const renewed = stranger.with(0, JSON.stringify(header));
    expect(verifyLines(renewed, { keys: [keyOf(1), keyOf(2)] })).toMatchObject({ problems: [], checkpoints: 3 });
    const early = verifyLines(renewed, { keys: [keyOf(1)] });
    expect(early).toMatchObject({ problems: [], last: { size: 6 } });
    expect(early.cannotExclude.join('\n')).toContain('A change of the entries 6 to 8');
  });

  it('only for its own log', () => {
    const other = { checkpoint: noteOver(events(9), testKey(1), 'assay/other') };
    expect(kinds(lines.with(last, JSON.stringify(other)))).toEqual(['origin']);
    expect(kinds(lines, trust(noteOver(events(9), testKey(1), 'assay/other')))).toEqual(['origin']);
  });

  it('as trusted, only when it is signed by a key that counts', () => {
    expect(kinds(lines, trust(noteOver(events(9), testKey(2))))).toEqual(['signature']);
  });
});

describe('what is no export', () => {
  const lines = exportOf(events(3), { sizes: [3] });

  it.each([
    ['nothing', []],
    ['another format', [lines[0]!.replace('assay-audit-log/1', 'assay-audit-log/2')]],
    ['a line that is no JSON', [lines[0]!, 'half {']],
    ['a key that stands twice', [lines[0]!, lines[1]!.replace('"actor":"ada"', '"actor":"eve","actor":"ada"')]],
    ['a key that is not under the hash', [lines[0]!, lines[1]!.replace('"actor":"ada"', '"actor":"ada","note":"x"')]],
    ['a checkpoint that cannot be read', [lines[0]!, '{"checkpoint":"none"}']],
  ])('is refused: %s', (_what, bad) => {
    expect(() => verifyLines(bad)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('an index far beyond the log costs nothing', () => {
    const far = [lines[0]!, lines[1]!.replace('"leafIndex":0', '"leafIndex":900719925474099')];
    expect(verifyLines(far).problems[0]).toMatchObject({ kind: 'missing', from: 0 });
  });
});
