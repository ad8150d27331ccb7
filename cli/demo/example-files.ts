import { join } from 'node:path';
import { exampleFolder } from '../example-folder.js';

/** The lifecycle file and the overlay that shortens its times. */
export const exampleFiles = (): { lifecycle: string; overlay: string } => {
  const folder = exampleFolder('email-triage');
  return { lifecycle: join(folder, 'assay.yaml'), overlay: join(folder, 'demo.overlay.yaml') };
};
