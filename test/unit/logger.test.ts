import { Writable } from 'node:stream';
import { DrizzleQueryError } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { createLogger } from '../../server/process/logger.js';

function logged(error: unknown): { text: string; err: Record<string, unknown> } {
  let text = '';
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  createLogger('test', 'info', destination).error({ err: error }, 'request failed');
  return { text, err: (JSON.parse(text) as { err: Record<string, unknown> }).err };
}

describe('the log', () => {
  it('keeps our words, codes and places, and no parameter of a statement', () => {
    const refused = Object.assign(new Error('invalid input: "ann@example.com"'), {
      code: '22P02',
      detail: 'Failing row contains (the text of a record)',
    });
    const query = new DrizzleQueryError('insert into x values ($1)', ['the text of a record'], refused);
    const { text, err } = logged(new LifecycleError('INTERNAL', 'The database failed.', { table: 'x' }, query));
    expect(text).not.toMatch(/text of a record|ann@example/);
    expect(err).toMatchObject({
      type: 'LifecycleError',
      message: 'The database failed.',
      code: 'INTERNAL',
      details: { table: 'x' },
      cause: { message: '', cause: { code: '22P02', message: '' } },
    });
    expect((err['at'] as string[])[0]).toMatch(/logger\.test/);
  });

  it('attack 19: masks tokens and keys of known services in whatever field', () => {
    const token = `assay_${'a'.repeat(43)}`;
    const { text } = logged(new LifecycleError('INTERNAL', `no ${token}`, { key: `sk-1${'b'.repeat(40)}` }));
    expect(text).not.toMatch(/aaaa|bbbb/);
  });

  it('survives what is no error, and causes without end', () => {
    const circle = new Error('round');
    circle.cause = circle;
    expect(logged(circle).err).toMatchObject({ type: 'Error' });
    expect(logged('a string').err).toMatchObject({ type: 'string', message: '' });
  });
});
