import { describe, expect, it } from 'vitest';
import { plainValue } from '../../../domain/lifecycle-file/yaml/located.js';
import { parseYaml } from '../../../domain/lifecycle-file/yaml/parse-yaml.js';

const problems = (text: string): string[] =>
  parseYaml('f.yaml', text).problems.map(({ at, message }) => `${at.line}:${at.column} ${message}`);

const value = (text: string): unknown => {
  const { root } = parseYaml('f.yaml', text);
  return root && plainValue(root);
};

describe('reading YAML', () => {
  it('types by the core schema: no is a text, 1.10 a number, a day a text', () => {
    expect(value('{ a: no, b: 1.10, c: "1.10", d: 2002-08-22, e: yes, f: 0o17, g: null, h: true }')).toEqual({
      a: 'no',
      b: 1.1,
      c: '1.10',
      d: '2002-08-22',
      e: 'yes',
      f: 15,
      g: null,
      h: true,
    });
  });

  it.each([
    ['a: 1\na: 2\n', '2:1 Duplicate key "a": each key stands once in a mapping.'],
    ['a:\n\tb: 1\n', '2:1 A tab cannot indent YAML: use spaces.'],
    ['a: 1\nb: !!js/function "x"\n', '2:4 The tag !!js/function is not accepted'],
    ['a: !!binary aGk=\n', '1:4 The tag !!binary is not accepted'],
    ['a: !local x\n', '1:4 The tag !local is not accepted'],
    ['%YAML 1.1\n---\na: no\n', '1:1 A %YAML directive is not accepted'],
    ['--- a\n--- b\n', '2:1 One document a file'],
    ['b: {}\n<<: { a: 1 }\n', '2:1 Merge keys (<<) are not accepted'],
    ['__proto__: { a: 1 }\n', '1:1 The key "__proto__" is not accepted.'],
    ['a: *nothing\n', '1:4 Nothing is named by the alias *nothing.'],
    ['1: x\n', '1:1 A key must be a text'],
    ['? [a]\n: x\n', '1:3 A key must be a text'],
    ['', '1:1 This file is empty.'],
    ['# only a remark\n', '1:1 This file is empty.'],
    ['a: [1\n', '2:1 Flow sequence'],
  ])('refuses %j', (text, problem) => {
    expect(problems(text).join('\n')).toContain(problem);
  });

  it('tells every problem of a file', () => {
    expect(problems('a: 1\na: 2\nb: !!js/undefined ""\n')).toHaveLength(2);
  });

  it('expands an alias', () => {
    expect(value('a: &x { b: 1 }\nc: *x\n')).toEqual({ a: { b: 1 }, c: { b: 1 } });
  });

  it('takes the last anchor of a name before an alias', () => {
    expect(value('[&x 1, *x, &x 2, *x]')).toEqual([1, 1, 2, 2]);
  });

  it('stops an alias bomb before it grows', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`,
    );
    const started = performance.now();
    expect(problems(['l0: &l0 [x]', ...levels].join('\n')).join('\n')).toContain('expands to more than 10000 values');
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('stops at an alias of itself', () => {
    expect(problems('a: &a [*a]\n').length).toBeGreaterThan(0);
  });

  it.each([
    ['[', 64_000],
    ['{a: ', 16_000],
    ['- ', 32_000],
    ['? ', 32_000],
    ['[', 65],
  ])('refuses %j nested %d times without falling over', (piece, times) => {
    expect(problems(piece.repeat(times))).toEqual(['1:1 This file nests too deep.']);
  });

  it('refuses nesting that is spread over lines, or hidden behind brackets without a beginning', () => {
    const spread = Array.from({ length: 30 }, (_, i) => ' '.repeat(i * 128) + '- '.repeat(64)).join('\n');
    expect(problems(spread)).toEqual(['1:1 This file nests too deep.']);
    expect(problems(']'.repeat(30_000) + '['.repeat(30_000))).toEqual(['1:1 This file nests too deep.']);
  });

  it('takes long lines and far-indented text that nest little', () => {
    const long = `a: "${'x '.repeat(500)}"\nb: [${'1, '.repeat(500)}1]\nc: >-\n  one\n${' '.repeat(300)}two\n`;
    expect(problems(long)).toEqual([]);
  });

  it('refuses deep indentation and large files', () => {
    const deep = Array.from({ length: 100 }, (_, i) => `${' '.repeat(i)}a:`).join('\n');
    expect(problems(`${deep} 1`).join('\n')).toContain('nests too deep');
    expect(problems(`a: ${'x'.repeat(300_000)}`)).toEqual(['1:1 This file is larger than 64 KB.']);
  });

  it('counts columns after a byte order mark and line ends of Windows', () => {
    expect(problems('a: 1\r\nb: 2\r\n  c: 3\r\n').join('\n')).toMatch(/^[23]:/);
  });
});
