import { relative, resolve, sep } from 'node:path';
import { LifecycleError } from '../../domain/kernel/errors.js';

/**
 * The way from here to a folder, with `/`: sources are found from where the worker runs. Empty where the folder is here
 * or lies outside, so that Assay has to be started in it.
 * @throws LifecycleError INVALID_INPUT where no source could be read: in hidden folders, and under names that an
 * address of a source cannot hold
 */
export function wayTo(folder: string): string {
  const way = relative(process.cwd(), resolve(folder)).split(sep).join('/');
  if (way.startsWith('..') || resolve(way) !== resolve(folder)) return '';
  if (/^[A-Za-z0-9._@+/-]*$/.test(way) && !way.split('/').some((name) => name.startsWith('.'))) return way;
  const message = `No source is read from ${folder}. Choose a folder that is not hidden, of letters, digits and . _ @ + -.`;
  throw new LifecycleError('INVALID_INPUT', message, { folder });
}
