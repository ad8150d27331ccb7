import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, type ProcessIdentity } from './process-identity.js';

const POLL_MILLISECONDS = 25;

/** Signals a whole process group (children are started as leaders of their own); false when it is gone. */
export function signalGroup(leader: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(-leader, signal);
    return true;
  } catch {
    return false;
  }
}

/** Asks the group to end, waits, then kills it. Ends when its leader is gone. */
export async function endGroup(
  leader: ProcessIdentity,
  options: { signal: NodeJS.Signals; patienceMilliseconds: number },
): Promise<void> {
  signalGroup(leader.pid, options.signal);
  if (await isGoneWithin(leader, options.patienceMilliseconds)) return;
  signalGroup(leader.pid, 'SIGKILL');
  await isGoneWithin(leader, options.patienceMilliseconds);
}

async function isGoneWithin(leader: ProcessIdentity, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (isRunning(leader)) {
    if (Date.now() >= deadline) return false;
    await sleep(POLL_MILLISECONDS);
  }
  return true;
}
