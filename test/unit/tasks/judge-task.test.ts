import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../domain/evidence/canonical.js';
import { judgeTask } from '../../../domain/tasks/judge-task.js';
import { INSTANCE, keys } from '../../support/approval-files.js';
import { openLabelTask, signedAnswer } from '../../support/task-files.js';

const trust = { instance: INSTANCE, publicKey: keys.publicKey };
const judge = (...answers: ReturnType<typeof signedAnswer>[]) => judgeTask({ task: openLabelTask, answers }, trust);

describe('judging a task', () => {
  it('counts what was signed', () => {
    const judged = judge(signedAnswer('ruth', 'spam'), signedAnswer('leo', 'spam'));
    expect(judged).toMatchObject({ state: 'answered', answer: 'spam', signers: ['ruth', 'leo'], unverified: [] });
  });

  it.each([
    ['another installation', { instance: 'other' }],
    ['another task', { taskId: 'task-2' }],
    ['another subject', { subject: 'request-2' }],
    ['another question', { formDigest: digestOf({ question: 'Ham or spam?' }) }],
    ['another kind', { kind: 'triage' as const }],
    ['another person', { principal: 'leo' }],
    ['another answer', { answer: 'ham' }],
  ])('does not count a signature for %s', (_, over) => {
    const judged = judge(signedAnswer('ruth', 'spam', over), signedAnswer('leo', 'spam'));
    expect(judged).toMatchObject({ state: 'open', unverified: ['answer-ruth'] });
  });

  it('counts neither the signature of another key nor a row that differs from its envelope', () => {
    const other = generateKeyPairSync('ed25519').privateKey;
    expect(judge(signedAnswer('ruth', 'spam', {}, other)).unverified).toEqual(['answer-ruth']);
    expect(judge({ ...signedAnswer('ruth', 'spam'), answer: 'ham' }).unverified).toEqual(['answer-ruth']);
    expect(judge({ ...signedAnswer('ruth', 'spam'), principal: 'leo' }).unverified).toEqual(['answer-ruth']);
  });

  it('counts no answer to a question that was altered since', () => {
    const task = { ...openLabelTask, form: { ...openLabelTask.form, question: 'Is it not spam?' } };
    const answers = [signedAnswer('ruth', 'spam'), signedAnswer('leo', 'spam')];
    expect(judgeTask({ task, answers }, trust)).toMatchObject({ state: 'open', counted: [] });
  });
});
