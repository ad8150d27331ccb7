import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillArguments } from '../../domain/commands/arguments.js';
import { completeParameters, parameterProblems } from '../../domain/commands/check-parameters.js';
import { visibleEnvironment } from '../../domain/commands/visible-environment.js';
import { parseCommands, withCommandModels } from '../../domain/config/parse-commands.js';
import { inertLine } from '../../domain/inert-line.js';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import { loadLifecycle } from '../../domain/lifecycle-file/load-lifecycle.js';
import { loadCommands } from '../../providers/command/load-commands.js';

const WHOLE = `
tiny:
  argv: [./.venv/bin/python, ./train.py, --epochs, '{epochs}', --seed, '{seed}']
  resume: [--resume]
  params:
    epochs: { type: integer, min: 1, max: 50, default: 8 }
    learningRate: { type: number, min: 0.0001, max: 0.1 }
    optimizer: { type: string, enum: [adamw, sgd], default: adamw }
  env: [PATH, CUDA_VISIBLE_DEVICES]
  price: 1.50 USD
  limits: { wallTime: 30m, memory: 4GB, output: 1MB, artifacts: 500MB, folder: 2GB, openFiles: 256, restarts: 1, grace: 5s }
  user: { uid: 1000, gid: 1000 }
  models: { baseUrl: 'http://127.0.0.1:8000/v1' }
`;

function problemsOf(text: string): string[] {
  try {
    parseCommands('commands.yaml', text);
  } catch (error) {
    if (isLifecycleError(error, 'INVALID_INPUT')) return error.details['problems'] as string[];
    throw error;
  }
  return [];
}

describe('commands of the configuration', () => {
  it('are read with their units', () => {
    const { tiny } = parseCommands('commands.yaml', WHOLE);
    expect(tiny).toMatchObject({
      resume: ['--resume'],
      weights: 'model.safetensors',
      priceMicroUsd: 1_500_000,
      limits: {
        wallTimeMilliseconds: 1_800_000,
        memoryBytes: 4e9,
        addressSpaceBytes: null,
        outputBytes: 1e6,
        artifactBytes: 500e6,
        folderBytes: 2e9,
        openFiles: 256,
        restarts: 1,
        graceMilliseconds: 5_000,
      },
      models: { baseUrl: 'http://127.0.0.1:8000/v1', apiKey: 'none' },
    });
  });

  it('have defaults for all but the program, and may be JSON', () => {
    const { tiny } = parseCommands('commands.json', '{"tiny":{"argv":["/bin/train"]}}');
    expect(tiny).toMatchObject({ env: ['PATH'], params: {}, user: null, models: null, priceMicroUsd: null });
    expect(tiny!.limits).toMatchObject({ wallTimeMilliseconds: 86_400_000, restarts: 3, memoryBytes: null });
  });

  it.each([
    [
      'Tiny: { argv: [a] }',
      ['commands.yaml:1:1 "Tiny" is not a name: use 1 to 63 of a-z, 0-9 and -, without - at either end.'],
    ],
    [
      'tiny: { args: [a] }',
      ['commands.yaml:1:1 Missing key "argv": a list.', 'commands.yaml:1:9 Unknown key "args". Did you mean "argv"?'],
    ],
    ['tiny: { argv: [] }', ['commands.yaml:1:15 Write the program and its arguments.']],
    [
      "tiny: { argv: [train, '{epoch}'], params: { epochs: { type: integer } } }",
      [
        'commands.yaml:1:23 {epoch} is none of {seed}, {baseModel}, {model}, {folder}, {epochs}. Did you mean "epochs"?',
      ],
    ],
    [
      'tiny: { argv: [a], params: { epochs: { type: integer, min: 3, max: 1 } } }',
      ['commands.yaml:1:38 min is above max.'],
    ],
    [
      'tiny: { argv: [a], params: { epochs: { type: integer, min: 3, default: 1 } } }',
      ['commands.yaml:1:72 The default must be 3 or more.'],
    ],
    ['tiny: { argv: [a], params: { way: { type: string } } }', ['commands.yaml:1:30 Missing key "enum": a list.']],
    [
      'tiny: { argv: [a], env: [ASSAY_DATABASE_URL, "A B"] }',
      [
        'commands.yaml:1:26 Variables of Assay itself are not handed to commands.',
        'commands.yaml:1:46 Write the name of a variable.',
      ],
    ],
    [
      'tiny: { argv: [a], limits: { memory: 4, wallTime: soon }, user: { uid: 0, gid: 0 } }',
      [
        'commands.yaml:1:51 "soon" is not a duration: write a whole number and a unit (ms, s, m, h, d), e.g. 500ms, 10m, 7d.',
        'commands.yaml:1:38 Expected a text, found the number 4. Put it in quotes.',
        'commands.yaml:1:72 Write 1 or more.',
        'commands.yaml:1:80 Write 1 or more.',
      ],
    ],
    [
      'tiny: { argv: [a], limits: { memory: 4 GB } }',
      [
        'commands.yaml:1:38 "4 GB" is not a size: write a whole number and a unit (B, KB, MB, GB, TB), e.g. 500KB, 10MB, 2GB.',
      ],
    ],
    [
      'tiny: { argv: [a], weights: ../model.bin }',
      ['commands.yaml:1:29 Write the name of a file in artifacts/, e.g. model.safetensors.'],
    ],
  ])('are refused with every problem at its place: %s', (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it('serve what they train under their own name, which no provider has', () => {
    const commands = parseCommands('commands.yaml', WHOLE);
    expect(withCommandModels({}, commands)).toEqual({
      tiny: { baseUrl: 'http://127.0.0.1:8000/v1', apiKey: 'none', prices: {}, account: 'tiny', limits: {} },
    });
    const provider = { baseUrl: 'http://h/v1', apiKey: 'k', prices: {}, account: 'tiny', limits: {} };
    expect(() => withCommandModels({ tiny: provider }, commands)).toThrow(
      '"tiny" is named in ASSAY_PROVIDERS and in ASSAY_COMMANDS: give one of them another name.',
    );
  });

  it('see the variables that they name and that are set', () => {
    const environment = { PATH: '/bin', SECRET: 's', EMPTY: '' };
    expect(visibleEnvironment({ env: ['PATH', 'EMPTY', 'UNSET'] }, environment)).toEqual({ PATH: '/bin', EMPTY: '' });
  });
});

describe('the example', () => {
  it('names a command that takes its parameters, and programs that stand beside it', async () => {
    const commands = loadCommands('examples/self-hosted/commands.yaml');
    const { plan } = await loadLifecycle(['examples/self-hosted/assay.yaml'], (path) => readFile(path, 'utf8'));
    const entry = commands[plan.model.provider]!;
    expect(parameterProblems(entry, plan.train!.hyperparameters)).toEqual([]);
    expect(entry.argv.at(-1)).toBe(resolve('examples/self-hosted/trainer/train.py'));
    expect(entry.models).not.toBeNull();
  });

  it('is not found where the variable names no file', () => {
    expect(() => loadCommands('nowhere/commands.yaml')).toThrow('nowhere/commands.yaml, which cannot be read (ENOENT)');
    expect(loadCommands(undefined)).toEqual({});
    expect(loadCommands('{"a":{"argv":["./x"]}}')['a']!.argv).toEqual([resolve('x')]);
  });
});

describe('parameters of a command', () => {
  const { tiny } = parseCommands('commands.yaml', WHOLE);

  it.each([
    [{ learningRate: 0.01 }, []],
    [{}, ['learningRate is missing: it has no default.']],
    [
      { learningRate: 1, epochs: 1.5, optimizer: 'adam', epoch: 3 },
      [
        'epoch is not known. Did you mean "epochs"?',
        'epochs is 1.5: it must be a whole number.',
        'learningRate is 1: it must be 0.1 or less.',
        'optimizer is adam: it must be one of adamw, sgd.',
      ],
    ],
    [{ learningRate: 'fast' }, ['learningRate is fast: it must be a number.']],
    [{ learningRate: 0.01, toString: 1 }, ['toString is not known. It takes epochs, learningRate, optimizer.']],
  ])('are judged before anything runs: %j', (given, problems) => {
    expect(parameterProblems(tiny!, given)).toEqual(problems);
  });

  it('are completed by defaults and stay one argument each', () => {
    const values = completeParameters(tiny!, { learningRate: 0.01, epochs: 2 });
    expect(values).toEqual({ epochs: 2, learningRate: 0.01, optimizer: 'adamw' });
    expect(fillArguments(['--x={epochs} {optimizer}', '{unknown}'], values)).toEqual(['--x=2 adamw', '{unknown}']);
  });
});

describe('a line from outside', () => {
  it.each([
    ['\u001b[1;31mred\u001b[0m text', 'red text'],
    ['\u001b]8;;http://evil\u0007link\u001b]8;;\u001b\\', 'link'],
    ['\u009b2Jgone', 'gone'],
    ['two\r\nlines\tone', 'two lines one'],
    ['hidden\u202etxt.exe\u200b', 'hiddentxt.exe'],
    [`token hf_${'a'.repeat(34)}`, 'token [masked]'],
    ['x'.repeat(1_200), `${'x'.repeat(1_000)}…`],
  ])('is inert: %j', (text, shown) => expect(inertLine(text)).toBe(shown));
});
