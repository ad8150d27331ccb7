import { describe, expect, test } from 'vitest';
import { answerDataQuestions } from '../../../domain/checks/answer-data-questions.js';
import type { DataRecord } from '../../../domain/data-record.js';
import { buildSourceCard } from '../../../domain/data/source-card.js';
import type { DataQuestion } from '../../../domain/kernel/states.js';
import type { SourceSpec } from '../../../domain/lifecycle-file/plan.js';
import { exampleRecord } from '../../support/example-records.js';
import { exampleSource } from '../../support/example-source.js';

const record = (input: string, index = 0): DataRecord => ({
  input,
  label: 'ham',
  source: 'past',
  path: `ham/${index}`,
  at: '2002-08-01T00:00:00.000Z',
  group: null,
});

function ask(given: Partial<SourceSpec>, records = [record('hello')], licences = ['MIT']) {
  const source = exampleSource(given);
  const claims = { uri: source.uri, origin: {}, licences, description: null };
  const parsed = [
    exampleRecord({ path: 'old/1', at: '2002-08-01T00:00:00.000Z' }),
    exampleRecord({ path: 'new/1', at: '2002-07-01T00:00:00.000Z' }),
  ];
  const cards = [buildSourceCard(source, claims, parsed)];
  const unused = [{ source: 'past', path: 'x', reason: 'duplicate.label-conflict' } as const];
  const answers = answerDataQuestions({ sources: [source], cards, records, unused });
  return (question: DataQuestion) => answers.find((answer) => answer.question === question);
}

describe('the eight data questions', () => {
  test('are all answered, in order, and a bare claim or a thin check never passes', () => {
    const answer = ask({});
    const questions = ['QD1', 'QD2', 'QD3', 'QD4', 'QD5', 'QD6', 'QD7', 'QD8'] as const;
    expect(questions.map((question) => `${question} ${answer(question)?.verdict} ${answer(question)?.basis}`)).toEqual([
      'QD1 pass observed',
      'QD2 warn claimed',
      'QD3 unknown claimed',
      'QD4 warn observed',
      'QD5 warn observed',
      'QD6 warn observed',
      'QD7 warn observed',
      'QD8 warn claimed',
    ]);
  });

  test.each([
    ['a licence for mails that others wrote', { origin: 'mixed' }, 'unknown', 'claimed'],
    ['no stated right', { rights: { basis: 'unknown', licence: null, evidence: null } }, 'unknown', 'none'],
    ['a licence without a name', { rights: { basis: 'licence', licence: null, evidence: null } }, 'unknown', 'none'],
    [
      'consent without a document',
      { rights: { basis: 'consent', licence: null, evidence: null } },
      'unknown',
      'claimed',
    ],
    [
      'a licence that the source does not state',
      { format: 'jsonl', rights: { basis: 'licence', licence: 'CC0-1.0', evidence: null } },
      'unknown',
      'contradicted',
    ],
    ['a licence that the source states', { format: 'jsonl' }, 'warn', 'claimed'],
    [
      'consent with a document',
      { rights: { basis: 'consent', licence: null, evidence: { path: 'consent.md', digest: 'sha256:0', text: '' } } },
      'warn',
      'claimed',
    ],
  ] as const)('judges rights by %s', (_, given, verdict, basis) => {
    expect(ask(given as Partial<SourceSpec>)('QD3')).toMatchObject({ verdict, basis });
  });

  test('say that the dates contradict what the source says of itself', () => {
    const claim = { kind: 'collected-later', statement: 'new is newer', groups: ['new'], than: ['old'] } as const;
    const answer = ask({ claims: [{ ...claim, groups: [...claim.groups], than: [...claim.than] }] })('QD2');
    expect(answer).toMatchObject({ verdict: 'warn', basis: 'contradicted' });
    expect(answer?.reason).toContain('medians new 2002-07-01, old 2002-08-01');
  });

  test('do not know of what nobody states', () => {
    const answer = ask({ origin: 'unknown' });
    expect(answer('QD2')).toMatchObject({ verdict: 'unknown', basis: 'none' });
    expect(answer('QD8')).toMatchObject({ verdict: 'unknown', basis: 'none' });
  });

  test('count what the texts hold, without a word of them', () => {
    const answer = ask({}, [
      record('mail ann@example.com or call (555) 010-0199'),
      record('(c) 2001 Example. All rights reserved.', 1),
      record('This mail is intended only for the named recipient. Key: ghp_abcdefghijklmnopqrstuvwxyz0123456789', 2),
    ]);
    expect(answer('QD6')?.reason).toContain(
      '1 of 3 records hold an e-mail address or a phone-like number (email: 1, phone: 1)',
    );
    expect(answer('QD4')?.reason).toContain('1 of 3 records bear a copyright notice (notice: 1, reserved: 1)');
    expect(answer('QD5')?.reason).toContain(
      '1 of 3 records hold what looks like a key or password (a GitHub token: 1), and 1 a',
    );
    expect(answer('QD7')?.reason).toMatch(/^1 left out because equal inputs have different labels/u);
  });

  test('count a planted odd string that stands under one label only', () => {
    const records = Array.from({ length: 400 }, (_, index) =>
      record(index < 12 ? `${index} zx81trigger` : 'plain', index),
    );
    expect(ask({}, records)('QD7')?.reason).toContain('1 repeated odd string of one label only');
  });

  test('know nothing of the contents where no record is left', () => {
    expect(ask({}, [])('QD6')).toMatchObject({ verdict: 'unknown', basis: 'none' });
  });
});
