import type { EventEmitter } from 'node:events';

/** The part of `process` that this looks at. */
export interface ParentChannel extends Pick<EventEmitter, 'on' | 'off'> {
  channel?: object | null | undefined;
}

/**
 * Whether `assay dev` forked this process: the parent says so over the IPC channel that `fork` made, as
 * `{ assayDev: true }`. An environment variable proves nothing, since anyone who starts a server can set one; without
 * a channel the answer is no at once, with one it is no after a while of silence.
 */
export function startedByDev(parent: ParentChannel = process, waitMilliseconds = 2000): Promise<boolean> {
  if (!parent.channel) return Promise.resolve(false);
  return new Promise((resolve) => {
    const settle = (answer: boolean): void => {
      clearTimeout(timer);
      parent.off('message', listen);
      resolve(answer);
    };
    const listen = (message: unknown): void => {
      if (isProof(message)) settle(true);
    };
    const timer = setTimeout(() => settle(false), waitMilliseconds);
    parent.on('message', listen);
  });
}

const isProof = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'assayDev' in message && message.assayDev === true;
