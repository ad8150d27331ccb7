import { keepJob } from './keeper.js';

/** `keeper-main <jobs folder> <job>`: all of its environment is the command's. */
const [jobsFolder = '', jobId = ''] = process.argv.slice(2);
const environment = Object.fromEntries(
  // oxlint-disable-next-line node/no-process-env -- the worker put together what the command may see
  Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
);
await keepJob({ jobsFolder, jobId, environment });
process.exit(0);
