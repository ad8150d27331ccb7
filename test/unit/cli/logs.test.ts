import { describe, expect, it } from 'vitest';
import { logLine } from '../../../cli/log-lines.js';
import { lossCurve } from '../../../cli/loss-curve.js';
import type { RunLogEntryView } from '../../../domain/api/run-log.js';

const entry = (over: Partial<RunLogEntryView>): RunLogEntryView => ({
  cursor: '7.a.1',
  at: '2026-01-02T03:04:05.678Z',
  stage: 'fine-tune',
  kind: 'state',
  action: null,
  message: null,
  details: {},
  ...over,
});

describe('a line of a log', () => {
  it.each([
    [{ action: 'stage.began' }, '03:04:05  fine-tune  began'],
    [
      { action: 'stage.finished', details: { status: 'failed' }, message: 'exit code 3' },
      '03:04:05  fine-tune  failed: exit code 3',
    ],
    [{ action: 'run.finished', stage: null, details: { status: 'succeeded' } }, '03:04:05  run        succeeded'],
    [
      { action: 'run.waiting', stage: 'approve' as const, details: { waitingFor: 'legal' } },
      '03:04:05  approve    waits: legal',
    ],
    [{ action: 'run.paused', stage: null }, '03:04:05  run        run paused'],
    [
      { kind: 'training' as const, message: 'step 3, loss 0.5\u001b[2J\u202e' },
      '03:04:05  fine-tune  step 3, loss 0.5[2J',
    ],
  ])('says %j', (over, line) => expect(logLine(entry(over))).toBe(line));
});

describe('a loss curve', () => {
  it('falls from left to right, with its validation and the place where it was taken up again', () => {
    const points = Array.from({ length: 30 }, (_, index) => ({
      step: index + 1,
      loss: 3 / (index + 1),
      ...(index % 10 === 9 && { validationLoss: 0.5 }),
      ...(index >= 15 && { attempt: 2 }),
    }));
    expect(lossCurve(points)).toMatchInlineSnapshot(`
      [
        "   3.000 ┤•                              │",
        "         ┤                               │",
        "         ┤                               │",
        "         ┤                               │",
        "         ┤  •                            │",
        "         ┤    • •                        │",
        "         ┤        • • • • • ○            │       ○                   ○",
        "   0.100 ┤                  • • • • • •  • • • • • • • • • • • • • • •",
        "         └────────────────────────────────────────────────────────────",
        "          step 1 to 30 · • loss · ○ validation loss · │ went on at step 16 after its process was lost",
      ]
    `);
  });

  it('takes of a step that was done twice the later value', () => {
    const drawn = lossCurve([
      { step: 1, loss: 1 },
      { step: 2, loss: 900 },
      { step: 2, loss: 0.5, attempt: 2 },
      { step: 3, loss: 0.25, attempt: 2 },
    ]);
    expect(drawn[0]).toContain('1.000 ┤•');
    expect(drawn.at(-1)).toContain('│ went on at step 2 after its process was lost');
  });

  it('is not drawn of less than two points', () => {
    expect(lossCurve([])).toEqual([]);
    expect(lossCurve([{ step: 1, loss: 1 }])).toEqual([]);
    expect(lossCurve([{ step: 1 }, { step: 2 }])).toEqual([]);
  });
});
