import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TestWorkflowEnvironment } from '@temporalio/testing';

const WRAPPER = fileURLToPath(new URL('../../.assay/cache/test-server/test-server', import.meta.url));
const WHAT_TO_DO =
  'tests with skipped time need the time-skipping test server: install Java 17 and Maven, then run "node scripts/fetch-test-server.mjs"';

/**
 * Whether tests with skipped time can run here; when not, one line says what to install. In CI the answer is always
 * yes, so that a missing server fails the tests instead of skipping them.
 *
 * @example describe.skipIf(!hasTimeSkippingServer())('the expiry of an approval', () => { … });
 */
export function hasTimeSkippingServer(): boolean {
  if (process.env['CI'] === 'true' || isInstalled()) return true;
  console.error(WHAT_TO_DO);
  return false;
}

/**
 * A server whose clock jumps over timers. It has no Schedules and no lists of workflows: it serves timers of days.
 * @throws Error that says what to install
 */
export async function createTimeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  if (!isInstalled()) throw new Error(WHAT_TO_DO);
  return TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: WRAPPER } },
  });
}

function isInstalled(): boolean {
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
    return existsSync(WRAPPER);
  } catch {
    return false;
  }
}
