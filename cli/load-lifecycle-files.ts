import { readFile } from 'node:fs/promises';
import { loadLifecycle, type LifecycleLayer, type LoadedLifecycle } from '../domain/lifecycle-file/load-lifecycle.js';
import type { Registered } from '../domain/lifecycle-file/references/registered.js';
import { importLifecycle, isProgram } from './import-lifecycle.js';

/**
 * Reads a lifecycle with its overlays and all that it points at; those that are programs (`.ts`, `.mjs`, …) are run.
 * `registered` is asked for what they name and an installation keeps; undefined: there is none to ask.
 * @throws LifecycleError INVALID_INPUT
 */
export async function loadLifecycleFiles(
  paths: readonly string[],
  registered: Registered | undefined,
): Promise<LoadedLifecycle> {
  const layers: LifecycleLayer[] = [];
  for (const path of paths) layers.push(isProgram(path) ? { file: path, value: await importLifecycle(path) } : path);
  return loadLifecycle(layers, (path) => readFile(path, 'utf8'), registered);
}
