import { readFile } from 'node:fs/promises';
import { loadLifecycle, type LoadedLifecycle } from '../domain/lifecycle-file/load-lifecycle.js';

/** Reads a lifecycle with its overlays and all that it points at. @throws LifecycleError INVALID_INPUT */
export const loadLifecycleFiles = (paths: readonly string[]): Promise<LoadedLifecycle> =>
  loadLifecycle(paths, (path) => readFile(path, 'utf8'));
