import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** Changes that come together are read together. */
const SETTLE_MILLISECONDS = 150;
const AGAIN_MILLISECONDS = 10_000;

/** Reads anew what is on the page whenever something happens; only while the page is looked at. */
export function useLiveUpdates(isSignedIn: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!isSignedIn) return;
    let source: EventSource | null = null;
    let settling: ReturnType<typeof setTimeout> | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    const readAnew = (): void => {
      clearTimeout(settling);
      settling = setTimeout(() => void queries.invalidateQueries(), SETTLE_MILLISECONDS);
    };
    const close = (): void => {
      source?.close();
      source = null;
      clearTimeout(again);
    };
    const open = (): void => {
      close();
      if (document.hidden) return;
      source = new EventSource('/v1/events');
      source.addEventListener('message', readAnew);
      source.addEventListener('missed', readAnew);
      source.addEventListener('error', () => {
        // The browser asks again by itself, unless it was refused: then who is signed in may have changed.
        if (source?.readyState !== EventSource.CLOSED) return;
        void queries.invalidateQueries({ queryKey: ['whoami'] });
        again = setTimeout(open, AGAIN_MILLISECONDS);
      });
    };
    const onVisibility = (): void => {
      open();
      if (!document.hidden) readAnew();
    };
    open();
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      clearTimeout(settling);
      close();
    };
  }, [isSignedIn, queries]);
}
