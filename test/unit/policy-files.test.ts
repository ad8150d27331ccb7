import { readFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { schemaOf } from '../../domain/lifecycle-file/explain/json-schema.js';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import { readPolicy } from '../../domain/lifecycle-file/read-policy.js';
import { policyInWords } from '../../cli/plan/release-words.js';

const EXAMPLES = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.includes('/policies/'))
  .map((path) => `examples/${path}`);
const staged = 'examples/email-triage/policies/staged.yaml';

const problemsWith = async (change: (text: string) => string): Promise<string[]> => {
  const text = change(await readFile(staged, 'utf8'));
  try {
    await readPolicy('policy.yaml', async () => text);
    return [];
  } catch (error) {
    if (!isLifecycleError(error, 'INVALID_INPUT')) throw error;
    return error.details['problems'] as string[];
  }
};

describe('the JSON schema of a policy', () => {
  it('is the committed one (after a change: vitest run -u), and takes the examples', async () => {
    const schema = schemaOf('ApprovalPolicy');
    const text = await format(JSON.stringify(schema), { parser: 'json', printWidth: 120 });
    await expect(text).toMatchFileSnapshot('../../domain/lifecycle-file/approval-policy.schema.json');
    const isValid = new Ajv2020({ strict: false }).compile(schema as object);
    const example = parse(await readFile(staged, 'utf8')) as object;
    expect(isValid(example)).toBe(true);
    expect(isValid({ ...example, stagess: [] })).toBe(false);
  });
});

describe('a policy file', () => {
  it.each(EXAMPLES)('is right in the example %s', async (path) => {
    const policy = await readPolicy(path, (file) => readFile(file, 'utf8'));
    expect(policyInWords(policy).join('\n')).toContain(`policy ${policy.name} (version ${policy.version})`);
  });

  it('says in words what it asks', async () => {
    const policy = await readPolicy(staged, (file) => readFile(file, 'utf8'));
    expect(policyInWords(policy)).toEqual([
      'policy staged (version 1): technical: 1 × ml-lead (no veto); release (after technical): 1 × risk, 2 in all with legal or product',
      'who starts the run, who had the model trained, authors of the data, authors of the recipe may not sign; nobody signs in two roles',
      'legal may waive an answer that is fail or unknown; without a waiver it blocks',
      'security may sign as risk after 2d',
      'goes out by itself where risk == "low" && !isFirstRelease && gates.all(g, g.verdict == "pass") && costUsd < 50.0',
      'signers proved who they are within 12h',
      'holds for 180d; then people are told, and the version goes on serving',
    ]);
  });

  it.each([
    [
      'a stage that waits for one that is not there',
      'after: [technical]',
      'after: [technicl]',
      'not there, or for itself',
    ],
    ['a stage that waits for itself', 'after: [technical]', 'after: [release]', 'not there, or for itself'],
    ['nobody who has to sign', '    quorum: 2\n', '', 'would let everything out'],
    ['an expression that is none', 'risk == "low" &&', 'risk == "low" & &', 'This is no CEL expression'],
    ['a time without a unit', 'after: 2d', 'after: 2 days', 'a unit'],
    ['an unknown key', 'veto: false', 'vetto: false', 'Did you mean "veto"?'],
    ['a validity that ends in some other way', 'whenEnded: alarm', 'whenEnded: delete', 'Expected one of alarm, stop'],
  ])('is refused for %s, with its place', async (_, from, to, words) => {
    const problems = await problemsWith((text) => text.replace(from, to));
    expect(problems.join('\n')).toContain(words);
    expect(problems[0]).toMatch(/^policy\.yaml:\d+:\d+ /);
  });
});
