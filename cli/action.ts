import type { Command } from 'commander';
import { parseCliConfig, type CliConfig } from '../domain/config/cli-config.js';
import type { Environment } from '../domain/config/parse-config.js';
import { apiClient, type ApiClient } from './api-client.js';
import { findConnection, type Connection } from './connection.js';
import type { CommandOutcome } from './outcome.js';
import { printError, printOutcome } from './print-outcome.js';
import type { Terminal } from './terminal.js';

/** Options that every command understands. */
export interface GlobalOptions {
  json?: boolean;
  token?: string;
  apiUrl?: string;
  as?: string;
  home?: string;
}

export interface CommandContext {
  terminal: Terminal;
  config: CliConfig;
  /** The state folder of `assay dev`. */
  home: string;
  /** Found on first use, so that offline commands need neither api nor token. */
  api(): ApiClient;
  /** Where the api is, and who asks. */
  connection(): Connection;
  apiAt(connection: Connection): ApiClient;
}

/** The outcome of a command, or the exit code that a child process in the foreground ended with. */
type Answer = CommandOutcome | { exitCode: number };

export type Handler<Options, Arguments extends readonly unknown[]> = (
  context: CommandContext,
  options: Options,
  ...args: Arguments
) => Promise<Answer>;

/** What commands need from the program they belong to. */
export interface Host {
  terminal: Terminal;
  environment: Environment;
  exit(code: number): void;
}

/** Makes a commander action of a handler: opens the context, prints the outcome or the error, keeps the exit code. */
export function action<Options, Arguments extends readonly unknown[]>(
  host: Host,
  handler: Handler<Options, Arguments>,
): (...received: unknown[]) => Promise<void> {
  return async (...received) => {
    const command = received.at(-1) as Command;
    const options = command.optsWithGlobals<Options & GlobalOptions>();
    const isJson = options.json === true;
    try {
      const args = received.slice(0, -2) as unknown as Arguments;
      const answer = await handler(contextOf(host, options), options, ...args);
      host.exit('exitCode' in answer ? answer.exitCode : printOutcome(answer, isJson, host.terminal));
    } catch (error) {
      host.exit(printError(error, isJson, host.terminal));
    }
  };
}

function contextOf({ terminal, environment }: Host, globals: GlobalOptions): CommandContext {
  const config = parseCliConfig(environment);
  const home = globals.home ?? config.home;
  const connection = (): Connection => findConnection({ ...globals, home }, config);
  return { terminal, config, home, connection, api: () => apiClient(connection()), apiAt: apiClient };
}
