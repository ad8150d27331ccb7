import { serveLocalProvider } from '../../providers/local/serve.js';

/** The local provider as a process of its own, to be killed: `<state folder> <key>`; tells its address by IPC. */
const [stateFolder = '', apiKey = ''] = process.argv.slice(2);
const { url } = await serveLocalProvider({ port: 0, stateFolder, apiKey });
process.send?.(url);
