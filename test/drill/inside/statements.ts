import pg from 'pg';
import { armed, reach } from './hit.js';

/** What is about to be sent: a commit, or a statement that stands for itself. Statements of a transaction are its. */
type OnStatement = (kind: 'writes' | 'reads') => void;

const WRITES = /^\s*(insert|update|delete|with\b[\s\S]*\b(insert|update|delete)\b)/i;
const textOf = (query: unknown): string =>
  typeof query === 'string' ? query : String((query as { text?: unknown } | null)?.text ?? '');

/** Watches what this process says to Postgres, without changing any of it. */
export function watchStatements(onStatement: OnStatement): void {
  const ofPool = pg.Pool.prototype as unknown as Record<'query', (...args: unknown[]) => unknown>;
  const ofClient = pg.Client.prototype as unknown as Record<'query', (...args: unknown[]) => unknown>;
  const { query: ask } = ofPool;
  const { query: askInTransaction } = ofClient;

  ofPool.query = function (...args) {
    const text = textOf(args[0]);
    const failpoint = armed('statement');
    const isNamed = failpoint !== undefined && text.includes(failpoint.text);
    if (isNamed && failpoint.moment === 'before') reach(failpoint);
    onStatement(WRITES.test(text) ? 'writes' : 'reads');
    const answer = ask.apply(this, args);
    if (!isNamed || failpoint.moment === 'before' || !(answer instanceof Promise)) return answer;
    return answer.then((result: { rowCount?: number | null }) => {
      if ((result.rowCount ?? 0) > 0) reach(failpoint);
      return result;
    });
  };
  ofClient.query = function (...args) {
    if (textOf(args[0]) === 'commit') onStatement('writes');
    return askInTransaction.apply(this, args);
  };
}
