import { describe, expect, it } from 'vitest';
import { decideSchema, waiveSchema } from '../../domain/api/decide.js';
import { feedbackSchema } from '../../domain/api/feedback.js';
import { commandSchema, startRunSchema } from '../../domain/api/run.js';

const decision = { verdict: 'approve', reason: 'the evidence holds', subjectDigest: `sha256:${'0'.repeat(64)}` };
const waiver = {
  question: 'QD3',
  reason: decision.reason,
  purpose: 'demonstration',
  until: '2999-12-31',
  subjectDigest: decision.subjectDigest,
};
const feedback = { alias: 'email-triage', labels: [{ itemKey: 'later/1', label: 'spam' }] };

describe('requests of the api', () => {
  it.each([
    ['a run', startRunSchema, { plan: {} }],
    ['a command', commandSchema, { kind: 'pause' }],
    ['a decision', decideSchema, decision],
    ['a waiver', waiveSchema, waiver],
    ['feedback', feedbackSchema, feedback],
  ])('takes %s and refuses a key more', (_name, schema, request) => {
    expect(schema.safeParse(request).success).toBe(true);
    expect(schema.safeParse({ ...request, role2: 'admin' }).success).toBe(false);
  });

  it.each([
    ['too short', '123456789'],
    ['spaces around too little', '   12345    '],
    ['too long', 'x'.repeat(2001)],
    ['right-to-left override', 'approved \u202Egnihton'],
    ['zero-width space', 'approved\u200B by me'],
    ['byte order mark', 'approved \uFEFFby me'],
    ['control character', 'approved \u0007by me'],
    ['escape sequence', 'approved \u001b[2Jby me'],
    ['broken surrogate', 'approved \ud800 by me'],
  ])('refuses a reason: %s', (_name, reason) => {
    expect(decideSchema.safeParse({ ...decision, reason }).success).toBe(false);
  });

  it.each(['<script>alert(1)</script>', '=cmd()|calc', 'Geprüft, in Ordnung. 😀', 'two\nlines of it'])(
    'keeps a reason as it was written: %s',
    (reason) => {
      expect(decideSchema.parse({ ...decision, reason }).reason).toBe(reason);
    },
  );

  it('takes a day or a moment as the end of a waiver, and nothing else', () => {
    const ends = (until: string) => waiveSchema.safeParse({ ...waiver, until }).success;
    expect(['2999-12-31', '2999-12-31T10:00:00Z', '2999-12-31T10:00:00+02:00'].every(ends)).toBe(true);
    expect(['tomorrow', '2999-02-30', '31.12.2999', ''].some(ends)).toBe(false);
  });

  it('names each label by the item or by the request, not by neither', () => {
    const labels = (one: object) => feedbackSchema.safeParse({ ...feedback, labels: [one] }).success;
    expect(labels({ requestId: 'req-1', label: 'ham' })).toBe(true);
    expect(labels({ label: 'ham' })).toBe(false);
    expect(labels({ requestId: 'req-1', itemKey: 'later/1', label: 'ham' })).toBe(false);
  });
});
