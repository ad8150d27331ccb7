import { expect, test } from 'vitest';
import { parseRecord } from '../../../domain/data/parse-record.js';

const parse = (line: string) =>
  parseRecord({ id: 's', format: 'jsonl' }, { path: 'a.jsonl/0000001', bytes: Buffer.from(line) });

test('reads a json line with its own time and group', async () => {
  expect(await parse('{"input":"hello","at":"2024-05-01T10:00:00+02:00","group":"g","more":1}')).toMatchObject({
    source: 's',
    path: 'a.jsonl/0000001',
    input: 'hello',
    at: '2024-05-01T08:00:00.000Z',
    atBasis: 'record',
    group: expect.stringMatching(/^sha256:/u),
    broken: null,
  });
});

test.each([
  ['jsonl.not-json', '{"input":'],
  ['jsonl.not-a-record', '{"text":"hello"}'],
  ['jsonl.not-a-record', '{"input":"\\u0000"}'],
  ['jsonl.not-a-record', '{"input":"a","at":"yesterday"}'],
])('calls a line broken with the reason %s', async (reason, line) => {
  expect((await parse(line)).broken).toBe(reason);
});
