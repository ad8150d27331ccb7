import { describe, expect, it } from 'vitest';
import { loadLifecycle } from '../../../domain/lifecycle-file/load-lifecycle.js';
import { edited, placeOf, problemsOf, refusalOf, withFiles } from './example-files.js';

describe('references', () => {
  it.each([
    ['{ task: triage,', '{ task: triag,', 'triag,', 'Unknown task "triag". Did you mean "triage"?'],
    [
      'f1-macro, atLeast',
      'f1-marco, atLeast',
      'f1-marco',
      'Unknown metric "f1-marco" of task "triage". Did you mean "f1-macro"?',
    ],
    [
      'source: mail-later,',
      'source: mail-latr,',
      'mail-latr',
      'Unknown source "mail-latr". Did you mean "mail-later"?',
    ],
    [
      'feedback: email-triage',
      'feedback: email-triag',
      'email-triag ',
      'Unknown alias "email-triag". Did you mean "email-triage"?',
    ],
    ['id: mail-later', 'id: mail-past # again', 'mail-past # again', 'A second source "mail-past": each stands once.'],
  ])('say where %j leads when it is %j', async (from, to, piece, problem) => {
    const place = placeOf(piece, await edited({ [from]: to }));
    expect(await problemsOf({ [from]: to })).toContain(`assay.yaml:${place} ${problem}`);
  });

  it('of a card to another base model are refused', async () => {
    expect(await problemsOf({ 'id: local/linear-ngram': 'id: local/other' })).toEqual([
      'bases/linear-ngram.yaml:3:5 This card is of "local/linear-ngram", but the base model is "local/other".',
    ]);
  });

  it('are told beside other problems', async () => {
    const problems = await problemsOf({ '- { task: triage,': '- { task: triag,', 'every: 1h': 'every: 10x' });
    expect(problems).toHaveLength(2);
  });

  it('of a task are looked up in the sources and their splits', async () => {
    const unknown = await edited({ 'source: mail-past': 'source: mail-pas' }, 'tasks/triage.yaml');
    const validation = await edited({ 'split: test': 'split: validation' }, 'tasks/triage-later.yaml');
    const files = withFiles({ 'tasks/triage.yaml': unknown, 'tasks/triage-later.yaml': validation });
    const { problems } = await refusalOf(loadLifecycle(['assay.yaml'], files));
    expect(problems).toEqual([
      'tasks/triage.yaml:6:20 Unknown source "mail-pas". Did you mean "mail-past"?',
      'tasks/triage-later.yaml:6:39 A split by time has no validation part: use test.',
    ]);
  });

  it('on a source without a split lead nowhere', async () => {
    const problems = await problemsOf({ '    - split: { source: mail-later, by: time, train: 0.5, test: 0.5 }\n': '' });
    expect(problems).toEqual(['tasks/triage-later.yaml:6:20 No split step in data.curate for "mail-later".']);
  });

  it.each([
    '../policy.yaml',
    './a/../../b.yaml',
    '/etc/passwd',
    'C:\\x.yaml',
    'https://example.com/x.yaml',
    '~/x.yaml',
    '..',
  ])('refuses to leave the folder by %j', async (path) => {
    const asked: string[] = [];
    const read = withFiles({ 'assay.yaml': await edited({ './policies/two-person.yaml': JSON.stringify(path) }) });
    const { problems } = await refusalOf(
      loadLifecycle(['assay.yaml'], (file) => {
        asked.push(file);
        return read(file);
      }),
    );
    expect(problems.join('\n')).toMatch(/^assay\.yaml:\d+:20 Write a path inside the folder of this file/);
    expect(asked.join()).not.toMatch(/policy|passwd|x\.yaml|b\.yaml/);
  });
});
