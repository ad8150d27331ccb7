import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { LifecycleError } from '../domain/kernel/errors.js';
import type { Terminal } from './terminal.js';

/**
 * A password, typed without being shown, or the first line of stdin: never an argument, which the list of processes shows.
 * @throws LifecycleError INVALID_INPUT where it is empty
 */
export async function readPassword(question: string, terminal: Terminal): Promise<string> {
  const password = terminal.isInteractive
    ? await typed(question, terminal)
    : ((await text(process.stdin)).split(/\r?\n/)[0] ?? '');
  if (password !== '') return password;
  throw new LifecycleError('INVALID_INPUT', 'No password was given. Type it, or send it on stdin.');
}

async function typed(question: string, terminal: Terminal): Promise<string> {
  terminal.note(question);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: unseen, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
  }
}
