// Started by a test: supervises one child, prints its process id, and runs until a signal comes.
import { stopOnSignal } from '../../cli/dev/stop-on-signal.js';
import { createSupervisor } from '../../cli/dev/supervisor.js';

const [stateFolder = '.'] = process.argv.slice(2);
const supervisor = createSupervisor({ stateFolder, log: console.error });
stopOnSignal(() => supervisor.stopAll());
const child = await supervisor.startProcess({
  name: 'child',
  command: process.execPath,
  args: ['-e', "console.log('ready'); setInterval(() => {}, 1000)"],
  ready: { line: /^ready/ },
});
console.log(child.pid);
