import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { explainKey } from '../../../domain/lifecycle-file/explain/find-key.js';
import { FILE_KINDS, schemaOf, type JsonSchema } from '../../../domain/lifecycle-file/explain/json-schema.js';
import type { KeyDoc } from '../../../domain/lifecycle-file/explain/key-doc.js';
import { writtenLifecycle } from '../../../domain/lifecycle-file/schema/written-schema.js';

const allKeys = (doc: KeyDoc): KeyDoc[] => doc.keys.flatMap((key) => [key, ...allKeys(key)]);
const DOCS = [explainKey(), ...FILE_KINDS.map(explainKey)].flatMap(allKeys);

describe('an explanation of a key', () => {
  it.each(DOCS.map((doc) => [doc.path, doc] as const))('says what %s means', (_path, doc) => {
    expect(doc.description).toMatch(/^[A-Za-z].*\.$/s);
    expect(doc.type).not.toMatch(/undefined|\[object/);
  });

  it('shows an example of every value that the type alone does not tell', () => {
    const untold = DOCS.filter(({ type, example, keys }) => {
      const isTold = keys.length > 0 || /^(?:one of|always) /.test(type);
      return example === undefined && !isTold;
    });
    expect(untold.map(({ path }) => path)).toEqual([]);
  });

  it('tells the type, what counts where it is left out, and an example', () => {
    expect(explainKey('deploy.rollout')).toMatchObject({
      type: 'list of mappings',
      need: 'required',
      example: [{ traffic: 5, bake: '10m' }, { traffic: 50, bake: '10m' }, { traffic: 100 }],
      keys: [
        { path: 'deploy.rollout.traffic', type: 'whole number from 1 to 100', need: 'required' },
        { path: 'deploy.rollout.bake', type: 'duration', need: 'optional', default: '0s' },
      ],
    });
    expect(explainKey('budget.limit').type).toBe('amount of money');
    expect(explainKey('Task.metrics').type).toBe('list of f1-macro, accuracy');
  });

  it('joins the forms that a mapping may take', () => {
    const needs = explainKey('evaluate.gates').keys.map(({ path, need }) => `${path.split('.').at(-1)} ${need}`);
    expect(needs).toEqual([
      'task required',
      'metric required',
      'atLeast depends',
      'confidence optional',
      'noWorseThan depends',
      'margin depends',
      'firstRelease depends',
    ]);
  });

  it('takes items of lists and keys that authors choose', () => {
    expect(explainKey('deploy.rollout[0].bake').path).toBe('deploy.rollout.bake');
    expect(explainKey('train.hyperparameters.epochs').path).toBe('train.hyperparameters');
  });

  it.each([
    ['deploy.rolout', 'Unknown key "rolout" in deploy. Did you mean "rollout"?'],
    ['rollout', 'Unknown key "rollout" in the lifecycle file. Did you mean "deploy.rollout"?'],
    ['Taks', 'Unknown key "Taks" in the lifecycle file. Did you mean "Task"?'],
    ['Task.scores', 'Unknown key "scores" in Task. Did you mean "scorer"?'],
    ['budget.zzz', 'Unknown key "zzz" in budget. It has limit, per.'],
    ['name.first', 'Unknown key "first" in name. It has no keys.'],
  ])('answers %s with what was probably meant', (path, message) => {
    expect(() => explainKey(path)).toThrow(message);
  });
});

describe('the examples of the schema', () => {
  const parts = partsOf(schemaOf(null));

  it('are as the schema wants them', () => {
    const ajv = new Ajv2020({ strict: false });
    const wrong = parts.flatMap((schema) => [...exampleValues(schema)].filter((value) => !ajv.validate(schema, value)));
    expect(wrong).toEqual([]);
    expect(parts.filter(({ examples }) => examples !== undefined).length).toBeGreaterThan(40);
  });

  it('pass the rules that no JSON Schema can say', () => {
    const { shape } = writtenLifecycle;
    const { deploy, data } = schemaOf(null).properties ?? {};
    const [rollout] = deploy?.properties?.['rollout']?.examples ?? [];
    const [curate] = data?.properties?.['curate']?.examples ?? [];
    expect(shape.deploy.shape.rollout.safeParse(rollout).success).toBe(true);
    expect(shape.data.shape.curate.safeParse(curate).success).toBe(true);
  });
});

const exampleValues = (schema: JsonSchema): unknown[] => [
  ...(schema.examples ?? []),
  ...('default' in schema ? [schema.default] : []),
];

function partsOf(schema: JsonSchema): JsonSchema[] {
  const below = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.items ? [schema.items] : []),
  ];
  return [schema, ...below.flatMap(partsOf)];
}
