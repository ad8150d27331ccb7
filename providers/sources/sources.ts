import { LifecycleError } from '../../domain/kernel/errors.js';
import type { SourcePort } from '../../domain/ports/source.js';
import { createFileSource } from './file.js';
import { createNpmSource } from './npm-package.js';

/** Where sources are looked for: installed packages under one folder, files under another. */
export interface SourceFolders {
  packagesFolder: string;
  filesFolder: string;
}

/** All sources that Assay knows, by the scheme of their address. */
export function createSources({ packagesFolder, filesFolder }: SourceFolders): SourcePort {
  const sources: Record<string, SourcePort> = {
    'npm:': createNpmSource(packagesFolder),
    'file:': createFileSource(filesFolder),
  };
  return {
    async open(uri, format) {
      const scheme = /^[a-z][a-z0-9+.-]{0,30}:/u.exec(uri)?.[0] ?? '';
      const source = Object.hasOwn(sources, scheme) ? sources[scheme] : undefined;
      if (source !== undefined) return source.open(uri, format);
      const known = Object.keys(sources);
      throw new LifecycleError('INVALID_INPUT', `No source is known for "${uri}". Known: ${known.join(', ')}.`, {
        known,
      });
    },
  };
}
