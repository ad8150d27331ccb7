import { describe, expect, it } from 'vitest';
import { loadLifecycle } from '../../../domain/lifecycle-file/load-lifecycle.js';
import { edited, loadEdited, placeOf, problemsOf, refusalOf, withFiles } from './example-files.js';

describe('problems of a lifecycle file', () => {
  it('are told all at once, each with file, line, column and its line', async () => {
    const changes = {
      'rollout:': 'rolout:',
      'every: 1h': 'every: 10',
      'limit: 200 USD': 'limit: 200 EUR',
      'origin: human': 'origin: humn',
      'minimumItems: 500': 'minimumItems: many',
    };
    const text = await edited(changes);
    const { message, problems } = await refusalOf(loadEdited(changes));
    expect(problems).toEqual([
      `assay.yaml:${placeOf('humn', text)} Expected one of human, synthetic, mixed, unknown, found "humn". Did you mean "human"?`,
      `assay.yaml:${placeOf('deploy:', text)} Missing key "rollout": a list.`,
      `assay.yaml:${placeOf('rolout:', text)} Unknown key "rolout". Did you mean "rollout"?`,
      `assay.yaml:${placeOf('10\n  minimum', text)} Expected a text, found the number 10. Put it in quotes.`,
      `assay.yaml:${placeOf('many', text)} Expected a number, found "many".`,
      `assay.yaml:${placeOf('200 EUR', text)} "200 EUR" is not an amount of money: write e.g. 200 USD or 0.05 USD (at most six decimals).`,
    ]);
    expect(message).toContain('The lifecycle file has 6 problems.');
    expect(message).toMatch(/\n {2}\d+ \| {3}rolout:\n/);
  });

  it.each([
    ['every: 1h', 'every: "10"', '"10"', '"10" is not a duration: write a whole number and a unit'],
    ['every: 1h', 'every: 0s', '0s\n', 'Write a duration above zero.'],
    ['every: 1h', 'every: 9999999999999999d', '9999', '"9999999999999999d" is not a duration'],
    ['name: email-triage', 'name: Email_Triage', 'Email_T', '"Email_Triage" is not a name'],
    ['purpose: Answer', 'purpose: 1.10 # Answer', '1.10', 'Expected a text, found the number 1.1. Put it in quotes.'],
    ['apiVersion: assay/v1', 'apiVersion: assay/v2', 'assay/v2', 'Expected "assay/v1", found "assay/v2".'],
    ['acknowledge: required', 'acknowledge: no', 'no\n', 'Expected one of required, optional, found "no".'],
    ['train: 0.7', 'train: 0.6', '{ source: mail-past', 'The fractions must sum to 1.'],
    ['by: group', 'by: grup', 'grup', 'Expected one of group, time'],
    ['{ traffic: 50, bake: 10m }', '{ traffic: 5, bake: 10m }', '- { traffic: 5', 'The traffic of a rollout must rise'],
    ["cron: '0 3 * * 1'", "cron: '0 25 * * 1'", "'0 25", 'Write five cron fields'],
    ['timeZone: UTC', 'timeZone: Mars/Base', 'Mars', 'Write a time zone'],
    ['until: 2002-08-22', 'until: 2002-02-30', '2002-02-30', 'Write a day or a moment in UTC'],
    ['atLeast: 0.9', 'atLest: 0.9', 'atLest', 'Unknown key "atLest". Did you mean "atLeast"?'],
    ['atLeast: 0.9', 'atLeast: .nan', '.nan', 'Expected a number'],
    ['- dedupe: {', '- dedup: {', 'dedup: {', 'Unknown key "dedup". Did you mean "dedupe"?'],
    ['owners: [ml-team]', 'owners: []', '[]', 'Name at least one owner.'],
    ['confidence: 0.95', 'confidence: 95', '95 }', 'A confidence lies between 0.5 and 1'],
    ['Sorted by an AI model', '"Sorted \\u202e by"', '"Sorted', 'Control characters are not accepted.'],
    ['{ epochs: 5 }', '{ Epochs: 5 }', 'Epochs', 'Write the name of a hyperparameter in camelCase.'],
    ['seed: 7', 'seed: 7.5', '7.5', 'Write a whole number.'],
  ])('say of %j written as %j where and why', async (from, to, piece, problem) => {
    const place = placeOf(piece, await edited({ [from]: to }));
    expect((await problemsOf({ [from]: to })).join('\n')).toContain(`assay.yaml:${place} ${problem}`);
  });

  it('refuses what is not built yet', async () => {
    const problems = await problemsOf({ 'exact: true': 'near: 0.8', 'per: month': 'per: month, whenExhausted: pause' });
    expect(problems.join('\n')).toMatch(/Unknown key "near"/);
    expect(problems.join('\n')).toMatch(/Unknown key "whenExhausted"/);
  });

  it('are told of referenced files too, in those files', async () => {
    const files = withFiles({
      'assay.yaml': await edited({ 'every: 1h': 'every: soon' }),
      'tasks/triage.yaml': await edited({ 'f1-macro,': 'f1-marco,' }, 'tasks/triage.yaml'),
      'policies/two-person.yaml': await edited({ 'count: 1': 'count: 0' }, 'policies/two-person.yaml'),
      'bases/linear-ngram.yaml': null,
    });
    const { problems } = await refusalOf(loadLifecycle(['assay.yaml'], files));
    expect(problems.map((problem) => problem.replace(/:\d+:\d+/, ''))).toEqual([
      'assay.yaml Cannot read bases/linear-ngram.yaml: there is no such file.',
      expect.stringMatching(/^assay\.yaml "soon" is not a duration/),
      'tasks/triage.yaml Expected one of f1-macro, accuracy, found "f1-marco". Did you mean "f1-macro"?',
      'policies/two-person.yaml This stage would let everything out: ask for one person at least, and write 0 only beside a quorum.',
    ]);
  });

  it('says which file could not be read', async () => {
    const { problems, message } = await refusalOf(loadLifecycle(['nowhere.yaml'], withFiles({ 'nowhere.yaml': null })));
    expect(problems).toEqual(['nowhere.yaml:1:1 Cannot read nowhere.yaml: there is no such file.']);
    expect(message).not.toContain('|');
  });
});

describe('secrets', () => {
  const made = { openai: `sk-${'a1b2c3d4'.repeat(4)}`, aws: `AKIA${'ABCDEFGH'.repeat(2)}` };

  it.each(Object.entries(made))('refuses what looks like a key of %s and never repeats it', async (_, secret) => {
    const { message, problems } = await refusalOf(loadEdited({ 'Sorted by an AI model': `Sorted ${secret}` }));
    expect(problems).toEqual([expect.stringMatching(/^assay\.yaml:\d+:13 This looks like an .* key\. Take it out/)]);
    expect(message).not.toContain(secret);
    expect(message).toContain('[masked]');
  });

  it('masks a key that stands where another problem is told', async () => {
    const { message } = await refusalOf(loadEdited({ 'every: 1h': `every: ${made.openai}` }));
    expect(message).toContain('is not a duration');
    expect(message).not.toContain(made.openai);
  });

  it('refuses one in a referenced file', async () => {
    const files = withFiles({ 'rights/mail.md': `# Rights\n\nask https://user:hunter2@example.com/\n` });
    const { message, problems } = await refusalOf(loadLifecycle(['assay.yaml'], files));
    expect(problems[0]).toMatch(/^rights\/mail\.md:3:1 This looks like a password in an address/);
    expect(message).not.toContain('hunter2');
  });

  it.each(['${secret:openai-key}', '${env:HOME}'])(
    'refuses the reference %s, which nothing would resolve',
    async (text) => {
      const { problems } = await refusalOf(loadEdited({ 'Sorted by an AI model': text }));
      expect(problems).toEqual([expect.stringMatching(/^assay\.yaml:\d+:13 Nothing in a lifecycle is resolved/)]);
    },
  );

  it('takes words with hyphens for words', async () => {
    const { plan } = await loadEdited({ 'Sorted by an AI model': 'Sorted by sk-learn-based-classifiers' });
    expect(plan.deploy.disclosure.notice).toBe('Sorted by sk-learn-based-classifiers');
  });
});
