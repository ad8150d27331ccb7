import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LifecycleError } from '../../domain/kernel/errors.js';

/** The example beside the sources, whether this file runs from them or from `dist`. */
function exampleFolder(): string {
  const places = ['../../examples/email-triage', '../../../examples/email-triage'];
  const found = places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((path) => existsSync(path));
  if (found !== undefined) return relative(process.cwd(), found) || '.';
  throw new LifecycleError('NOT_FOUND', 'The example examples/email-triage is not there: the demo runs from a clone.');
}

/** The lifecycle file and the overlay that shortens its times. */
export const exampleFiles = (): { lifecycle: string; overlay: string } => ({
  lifecycle: join(exampleFolder(), 'assay.yaml'),
  overlay: join(exampleFolder(), 'demo.overlay.yaml'),
});
