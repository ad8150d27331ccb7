import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

/** `| 4: one byte … | … | `test/…`, `test/…` |` */
const rows = [...read('docs/bad-days.md').matchAll(/^\| (\d+): .* \| ([^|]+) \|$/gm)].map(([, number, files = '']) => ({
  number: Number(number),
  files: [...files.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path),
}));

describe('the attacks of the documentation', () => {
  it('are all there, in their order', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 22 }, (_, at) => at + 1));
    expect(rows.filter(({ files }) => files.length === 0).map(({ number }) => number)).toEqual([15]);
  });

  it.each(rows.flatMap(({ number, files }) => files.map((path) => ({ number, path }))))(
    '$number is tried in $path, by a test that has its number',
    ({ number, path }) => {
      expect(read(path)).toMatch(new RegExp(`attacks?(?: \\d+ and)* ${number}\\b`));
    },
  );
});
