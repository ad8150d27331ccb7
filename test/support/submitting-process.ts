import { parseCommands } from '../../domain/config/parse-commands.js';
import { createCommandTrainer } from '../../providers/command/trainer.js';

/** Submits a job, says its id once the command has begun, and waits to be killed. */
const { argv, jobsFolder, key } = JSON.parse(process.argv[2]!) as { argv: string[]; jobsFolder: string; key: string };
const entry = { argv, weights: 'weights.bin', models: { baseUrl: 'http://127.0.0.1:9/v1' } };
const { program } = parseCommands('test', JSON.stringify({ program: entry }));
const trainer = createCommandTrainer({ name: 'program', entry: program!, jobsFolder, environment: {} });
const training = (async function* () {
  yield Buffer.from('{}\n');
})();
const request = { key, baseModel: 'scratch', training, suffix: 'toy', seed: 1, hyperparameters: {} };
const { jobId } = await trainer.submit(request);
const hasBegun = async () => (await trainer.follow(jobId, undefined)).events.some(({ data }) => data['step'] === 1);
while (!(await hasBegun())) await new Promise((resolve) => setTimeout(resolve, 30));
process.stdout.write(jobId);
setInterval(() => {}, 60_000);
