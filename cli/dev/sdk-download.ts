// A process of its own, so that a download that hangs can be ended: see temporal-ways.ts. The SDK downloads the program
// by starting a server from it; where only production dependencies are installed this fails, and the next way is taken.
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [downloadDir = '.'] = process.argv.slice(2);
try {
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir } },
  });
  await environment.teardown();
} catch (error) {
  console.error(String(error).replaceAll('\n', ' '));
  process.exitCode = 1;
}
