import { join } from 'node:path';
import { SupervisedProcess, type ProcessSpec } from './supervised-process.js';

export interface Supervisor {
  /** Starts a child and waits until it is ready. */
  startProcess(spec: ProcessSpec): Promise<SupervisedProcess>;
  /** Stops what was started, last first. Calling it again waits for the same stop. */
  stopAll(): Promise<void>;
}

export interface SupervisorOptions {
  /** `<stateFolder>/logs` takes the output of the children. */
  readonly stateFolder: string;
  readonly log: (line: string) => void;
}

/** Keeps child processes up; when this process ends in whatever way it can notice, they end too. */
export function createSupervisor({ stateFolder, log }: SupervisorOptions): Supervisor {
  const folders = { logs: join(stateFolder, 'logs'), running: join(stateFolder, 'running') };
  const processes: SupervisedProcess[] = [];
  let stopped: Promise<void> | undefined;
  const killAll = () => processes.forEach((child) => child.kill());
  process.once('exit', killAll);

  return {
    async startProcess(spec) {
      const child = new SupervisedProcess(spec, folders, log);
      processes.push(child);
      await child.start();
      return child;
    },
    stopAll() {
      stopped ??= stopInReverse(processes).finally(() => process.off('exit', killAll));
      return stopped;
    },
  };
}

async function stopInReverse(processes: SupervisedProcess[]): Promise<void> {
  for (const child of processes.toReversed()) await child.stop();
}
