import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exampleFolder } from '../example-folder.js';
import { TEMPLATES, type Template } from './templates.js';

const SCHEMA_FILE = 'assay.schema.json';
const SCHEMA_URL = new URL(`../../domain/lifecycle-file/${SCHEMA_FILE}`, import.meta.url);

/**
 * The files of a template by path, as they are to stand in a folder. Sources are found from where the worker runs, so
 * `way` is the folder's path from there; empty for the place itself.
 */
export async function templateFiles(template: Template, way: string): Promise<Map<string, string>> {
  const from = exampleFolder(template);
  const files = new Map<string, string>();
  for (const path of TEMPLATES[template].files) {
    files.set(path, moved(await readFile(join(from, path), 'utf8'), template, way));
  }
  return files.set(SCHEMA_FILE, await readFile(fileURLToPath(SCHEMA_URL), 'utf8'));
}

const moved = (text: string, template: Template, way: string): string =>
  text
    .replace(/^(# yaml-language-server: \$schema=).*$/m, `$1./${SCHEMA_FILE}`)
    .replaceAll(`file:./examples/${template}/`, () => (way === '' ? 'file:./' : `file:./${way}/`));
