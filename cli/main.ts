#!/usr/bin/env node
// Before any import, so that a fault while loading also ends with a plain message and the right exit code.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    process.stderr.write(`assay: internal error: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(70);
  });
}
// A reader that went away (assay runs | head) ends the command without a complaint.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 70));
}

const { runProgram } = await import('./program.js');
process.exitCode = await runProgram(process.argv.slice(2), process.env);

export {};
