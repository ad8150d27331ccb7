import { describe, expect, it } from 'vitest';
import { digestBytes } from '../../../domain/evidence/canonical.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import { loadLifecycle } from '../../../domain/lifecycle-file/load-lifecycle.js';
import { parsePlan } from '../../../domain/lifecycle-file/parse-plan.js';
import type { ImportSource } from '../../../domain/ports/import-store.js';
import { edited, refusalOf, withFiles } from './example-files.js';

const TEXT = 'Answer "spam" or "ham".\n';
const prompted = (prompt: string) => ({ 'model:\n': `model:\n  prompt: ${prompt}\n` });
const loadPrompted = async (prompt: string, files: Record<string, string | null> = {}) =>
  loadLifecycle(['assay.yaml'], withFiles({ 'assay.yaml': await edited(prompted(prompt)), ...files }));

const neverAsked = () => Promise.reject(new Error('nobody asks for this'));

describe('a prompt in a lifecycle file', () => {
  it('stands in the plan by value', async () => {
    const { plan } = await loadPrompted('./prompts/sort.md', { 'prompts/sort.md': TEXT });
    expect(plan.model.prompt).toEqual({ from: './prompts/sort.md', digest: digestBytes(TEXT), text: TEXT });
    expect(parsePlan(plan)).toEqual(plan);
    const altered = { ...plan, model: { ...plan.model, prompt: { ...plan.model.prompt, text: `${TEXT}!` } } };
    const { problems } = await refusalOf(Promise.resolve().then(() => parsePlan(altered)));
    expect(problems).toEqual(['model.prompt The digest is not that of the text.']);
  });

  it('is looked up where it is a registered one', async () => {
    const found = { from: 'sort@3', digest: digestBytes(TEXT), text: TEXT };
    const files = withFiles({ 'assay.yaml': await edited(prompted('"sort:best"')) });
    const { plan } = await loadLifecycle(['assay.yaml'], files, {
      base: neverAsked,
      prompt: async (reference) => {
        expect(reference).toEqual({ name: 'sort', alias: 'best' });
        return found;
      },
    });
    expect(plan.model.prompt).toEqual(found);
    const missing = loadLifecycle(['assay.yaml'], files, {
      base: neverAsked,
      prompt: () => Promise.reject(new LifecycleError('NOT_FOUND', 'There is no prompt sort:best.')),
    });
    expect((await refusalOf(missing)).problems).toEqual([
      expect.stringMatching(/^assay\.yaml:\d+:\d+ There is no prompt sort:best\.$/),
    ]);
  });

  it.each([
    ['../sort.md', 'Write a path inside the folder of this file, or a registered prompt as name@3 or name:alias.'],
    ['./prompts/none.md', 'Cannot read prompts/none.md: there is no such file.'],
    ['sort@3', 'Registered prompts are kept by an api; none is asked here.'],
  ])('is refused as %s where it leads nowhere', async (prompt, problem) => {
    const { problems } = await refusalOf(loadPrompted(prompt, { 'prompts/none.md': null }));
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  it('is refused where its text is no prompt, or holds a secret', async () => {
    const noPrompt = await refusalOf(loadPrompted('./p.md', { 'p.md': 'Sort {{input}}.' }));
    expect(noPrompt.problems).toEqual([expect.stringContaining('an input is no instruction')]);
    const secret = await refusalOf(loadPrompted('./p.md', { 'p.md': `Use ${['sk', 'a1'.repeat(20)].join('-')}.` }));
    expect(secret.problems).toEqual([expect.stringContaining('Take it out and revoke it')]);
  });
});

describe('an imported base model in a lifecycle file', () => {
  const card = {
    id: 'small',
    description: 'unknown',
    trainingData: 'unknown',
    licence: 'Apache-2.0',
    limitations: [],
    guarantees: 'unknown',
    retirement: 'unknown',
  };
  const evidence = digestBytes('import');
  const endpoint = { kind: 'endpoint', provider: 'local', model: 'small' } as const;
  const load = async (base: string, source: ImportSource) => {
    const written = { 'base: { id: local/linear-ngram, card: ./bases/linear-ngram.yaml }': `base: ${base}` };
    return loadLifecycle(['assay.yaml'], withFiles({ 'assay.yaml': await edited(written) }), {
      prompt: neverAsked,
      base: async (id) => ({ id, evidence, source, card }),
    });
  };

  it('brings its id, its card and its evidence into the plan', async () => {
    const { plan } = await load('{ import: small@1 }', endpoint);
    expect(plan.model.base).toEqual({ id: 'small', card, import: { id: 'small@1', evidence } });
    expect(parsePlan(plan)).toEqual(plan);
    const weights = await load('{ import: small@1, id: served/small }', { kind: 'weights', folder: 'weights' });
    expect(weights.plan.model.base.id).toBe('served/small');
  });

  it.each([
    ['{ import: small@1, id: other }', endpoint, 'small@1 is small, not other.'],
    ['{ import: small@1 }', { ...endpoint, provider: 'elsewhere' }, 'imported from the provider elsewhere, not local.'],
    ['{ import: small@1 }', { kind: 'weights', folder: 'weights' }, 'write under which id the provider serves them'],
    ['{ import: small }', endpoint, 'Write a registered version, e.g. triage@3.'],
    ['{ import: small@1, card: ./bases/linear-ngram.yaml }', endpoint, 'Unknown key "card"'],
  ] as [string, ImportSource, string][])('as %s is refused where it does not fit', async (base, source, problem) => {
    expect((await refusalOf(load(base, source))).problems).toEqual([expect.stringContaining(problem)]);
  });
});

describe('a lifecycle without a training', () => {
  const untrained = async () => (await edited({})).replace(/^train:.*(?:\n[ ].*)*\n/m, '');

  it('may keep no records to train on; one with a training may not', async () => {
    const none = (text: string) =>
      text
        .replace('train: 0.7, validation: 0.1, test: 0.2', 'train: 0, validation: 0, test: 1')
        .replace('train: 0.5, test: 0.5', 'train: 0, test: 1');
    const file = none(await untrained());
    const { plan } = await loadLifecycle(['assay.yaml'], withFiles({ 'assay.yaml': file }));
    expect(plan.train).toBeNull();
    expect(plan.data.curate.filter((step) => step.step === 'split').map(({ train }) => train)).toEqual([0, 0]);
    expect(parsePlan(plan)).toEqual(plan);
    const trained = none(await edited({}));
    const { problems } = await refusalOf(loadLifecycle(['assay.yaml'], withFiles({ 'assay.yaml': trained })));
    expect(problems).toEqual([expect.stringContaining('No split keeps records to train on')]);
  });
});
