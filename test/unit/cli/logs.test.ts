import { describe, expect, it } from 'vitest';
import type { ApiClient } from '../../../cli/api-client.js';
import { followLog } from '../../../cli/follow-log.js';
import { logLine } from '../../../cli/log-lines.js';
import { lossCurve } from '../../../cli/loss-curve.js';
import type { RunLogEntryView, RunLogPageView } from '../../../domain/api/run-log.js';
import { providerError } from '../../../domain/kernel/errors.js';

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

describe('following a log', () => {
  const never = new AbortController().signal;
  const page = (...steps: number[]) => ({
    entries: steps.map((step) => entry({ cursor: `${step}.t.1`, kind: 'training', message: `step ${step}` })),
    next: steps.length === 0 ? null : `${steps.at(-1)}.t.1`,
    isComplete: false,
  });
  const saying = (answers: (RunLogPageView | Error)[]) => {
    const asked: (string | undefined)[] = [];
    const api = {
      runLog: async (_: string, { after }: { after?: string | undefined } = {}) => {
        asked.push(after);
        const answer = answers.shift()!;
        if (answer instanceof Error) throw answer;
        return answer;
      },
    } as unknown as ApiClient;
    return { api, asked };
  };
  const read = async (api: ApiClient, follow: boolean, signal = never) => {
    const seen: (string | null)[] = [];
    const options = { runId: 'run-1', stage: undefined, after: undefined, follow, signal };
    const next = await followLog(api, { ...options, onEntry: ({ message }) => void seen.push(message) });
    return { seen, next };
  };

  it('asks from the last cursor until nothing follows, also over an api that is away for a moment', async () => {
    const away = providerError('away', { retryable: true });
    const { api, asked } = saying([page(1, 2), away, page(), page(3), { ...page(), isComplete: true }]);
    expect(await read(api, true)).toEqual({ seen: ['step 1', 'step 2', 'step 3'], next: '3.t.1' });
    expect(asked).toEqual([undefined, '2.t.1', '2.t.1', '2.t.1', '3.t.1']);
  });

  it('ends at what is there where it does not follow', async () => {
    expect(await read(saying([page(1), page()]).api, false)).toEqual({ seen: ['step 1'], next: '1.t.1' });
  });

  it('stops when it is interrupted', async () => {
    const interrupt = new AbortController();
    interrupt.abort();
    await expect(read(saying([]).api, true, interrupt.signal)).rejects.toThrow();
  });
});
