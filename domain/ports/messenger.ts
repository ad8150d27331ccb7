/**
 * Tells workflows that a row is there. Every message may be repeated; one to a workflow that has ended is dropped,
 * because the row itself is what counts and was read, or will be, when the workflow looks.
 *
 * Every method throws LifecycleError INVALID_INPUT where the server refuses this very message, so that repeating it
 * helps nothing, and PROVIDER where it was not reached or could not answer.
 */
export interface Messenger {
  /** `recreates`: it makes a version again instead of making its own. */
  startRun(run: { project: string; runId: string; recreates?: boolean }): Promise<void>;
  importBase(message: { project: string; importId: string }): Promise<void>;
  signOff(message: { requestId: string; decisionId: string }): Promise<void>;
  command(message: { project: string; runId: string; commandId: string }): Promise<void>;
  /** Starts the model's retrain workflow where it does not run yet. */
  trigger(message: { project: string; name: string; triggerId: string }): Promise<void>;
  /** Tells the model's retrain workflow, and where a schedule started the run, what waits for it there. */
  runEnded(message: {
    project: string;
    name: string;
    runId: string;
    scheduled?: { schedule: string; nominal: string } | undefined;
  }): Promise<void>;
  /** Brings a schedule to what its row says now, and starts what the command asks for. */
  changeSchedule(message: { project: string; schedule: string; commandId: string }): Promise<void>;
}
