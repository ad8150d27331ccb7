import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { LifecycleError } from '../domain/kernel/errors.js';

/** A file in the state folder that its user alone can read. */
export interface PrivateFile<T> {
  /** Whole or not at all. */
  write(home: string, content: T): void;
  remove(home: string): void;
  /** Undefined where there is none. @throws LifecycleError INVALID_INPUT when it is there and cannot be understood */
  read(home: string): T | undefined;
}

/** `writtenBy` and `remedy`: what a person is told who finds another content there. */
export function privateFile<T>(
  name: string,
  schema: z.ZodType<T>,
  { writtenBy, remedy }: { writtenBy: string; remedy: string },
): PrivateFile<T> {
  const pathIn = (home: string): string => join(home, name);
  return {
    write(home, content) {
      mkdirSync(home, { recursive: true });
      const unfinished = `${pathIn(home)}.new`;
      writeFileSync(unfinished, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
      renameSync(unfinished, pathIn(home));
    },
    remove: (home) => rmSync(pathIn(home), { force: true }),
    read(home) {
      let text: string;
      try {
        text = readFileSync(pathIn(home), 'utf8');
      } catch {
        return undefined;
      }
      try {
        return schema.parse(JSON.parse(text));
      } catch (cause) {
        const message = `${pathIn(home)} is not what "${writtenBy}" writes. ${remedy}`;
        throw new LifecycleError('INVALID_INPUT', message, { path: pathIn(home) }, cause);
      }
    },
  };
}
