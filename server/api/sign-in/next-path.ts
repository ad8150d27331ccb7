import { LifecycleError } from '../../../domain/kernel/errors.js';

/** A path, without what browsers read as the start of another host. */
const PATH = /^\/(?![/\\])[^\\\s\p{C}]*$/u;

/**
 * Where to go after sign-in: a page of ours, as a whole address.
 * @throws LifecycleError INVALID_INPUT for anything that leads elsewhere, as `//evil.example` and `/.//evil.example` do
 */
export function pageOf(publicUrl: URL, next: string | undefined): URL {
  const path = next ?? '/';
  if (PATH.test(path) && path.length <= 2000) {
    const page = new URL(path, publicUrl);
    if (page.origin === publicUrl.origin && !page.pathname.startsWith('//')) return page;
  }
  throw new LifecycleError('INVALID_INPUT', 'After sign-in only a page of this site is shown: give `next` as /a/path.');
}
