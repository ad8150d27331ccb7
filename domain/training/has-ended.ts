/** Whether a training job goes on no more, by whatever name its provider keeps it. */
export const hasEnded = ({ status }: { status: string }): boolean =>
  ['succeeded', 'failed', 'cancelled'].includes(status);
