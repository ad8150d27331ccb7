import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { SourceClaims, SourcePort } from '../../domain/ports/source.js';
import { isInside, listFiles } from './list-files.js';
import { readRecords } from './read-records.js';

/** npm's own rule for names, so that a name is never a path. */
const NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/u;

/**
 * Opens `npm:<name>`: the data files (`data/`) of a package that npm installed under `<packagesFolder>/node_modules`.
 * It is only read; none of its code is ever loaded.
 */
export function createNpmSource(packagesFolder: string): SourcePort {
  return {
    async open(uri, format = 'eml') {
      const name = uri.replace(/^npm:/u, '');
      if (!NAME.test(name) || name.length > 214)
        throw new LifecycleError('INVALID_INPUT', `"${name}" is no name of an npm package. Write npm:<name>.`, { uri });
      const folder = await findPackage(packagesFolder, name);
      const files = await listFiles(join(folder, 'data'), format);
      return {
        claims: await readClaims({ uri, name, folder, packagesFolder }),
        records: readRecords(files, format),
      };
    },
  };
}

async function findPackage(packagesFolder: string, name: string): Promise<string> {
  const [root, folder] = await Promise.all([
    realpath(join(packagesFolder, 'node_modules')).catch(() => undefined),
    realpath(join(packagesFolder, 'node_modules', name)).catch(() => undefined),
  ]);
  if (root === undefined || folder === undefined)
    throw new LifecycleError(
      'NOT_FOUND',
      `The package ${name} is not installed. Add it to package.json and run npm ci.`,
      {
        name,
      },
    );
  if (isInside(root, folder)) return folder;
  throw new LifecycleError('NOT_ALLOWED', `The package ${name} is a link that leads out of node_modules. Install it.`, {
    name,
  });
}

const packageJson = z.object({
  version: z.string(),
  license: z.string().optional().catch(undefined),
  description: z.string().optional().catch(undefined),
});

const dataPackageJson = z.object({
  license: z.string().optional().catch(undefined),
  licenses: z
    .array(z.object({ name: z.string().optional(), title: z.string().optional() }))
    .optional()
    .catch(undefined),
});

const lockFile = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional(), integrity: z.string().optional() })),
});

interface Installed {
  uri: string;
  name: string;
  folder: string;
  packagesFolder: string;
}

async function readClaims({ uri, name, folder, packagesFolder }: Installed): Promise<SourceClaims> {
  const about = await readJson(join(folder, 'package.json'), packageJson);
  if (about === undefined)
    throw new LifecycleError(
      'INVALID_INPUT',
      `The package ${name} has no package.json with a version. Install it again.`,
      {
        name,
      },
    );
  const data = await readJson(join(folder, 'datapackage.json'), dataPackageJson);
  const locked = (await readJson(join(packagesFolder, 'package-lock.json'), lockFile))?.packages[
    `node_modules/${name}`
  ];
  const integrity = locked?.version === about.version ? locked.integrity : undefined;
  const licences = [about.license, data?.license, ...(data?.licenses ?? []).map((one) => one.name ?? one.title)];
  return {
    uri,
    origin: { package: name, version: about.version, ...(integrity === undefined ? {} : { integrity }) },
    licences: [...new Set(licences.filter((licence) => licence !== undefined))],
    description: about.description ?? null,
  };
}

/** The file's JSON where it is there and has the shape, else undefined: what others write is read tolerantly. */
async function readJson<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema> | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}
