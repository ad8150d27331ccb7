import { Command, CommanderError } from 'commander';
import type { Environment } from '../domain/config/parse-config.js';
import type { Host } from './action.js';
import { COMMANDS } from './commands/index.js';
import { EXIT } from '../domain/exit-codes.js';
import { printUsageError } from './print-outcome.js';
import { processTerminal, type Terminal } from './terminal.js';

/** The `assay` command with all its subcommands; nothing runs before `parseAsync`. */
export function buildProgram(host: Host): Command {
  const program = new Command('assay')
    .description('Runs the GenAI lifecycle with evidence that an auditor can check.')
    .option('--json', 'print one JSON object on stdout')
    .option('--api-url <url>', 'where the api answers (also: ASSAY_API_URL)')
    .option('--token <token>', 'who you are (also: ASSAY_TOKEN, which does not show in the list of processes)')
    .option('--as <name>', 'speak as one of the demo identities of "assay dev"')
    .option('--home <folder>', 'the state folder of "assay dev" (also: ASSAY_HOME; default: .assay)')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => host.terminal.result(text.trimEnd()),
      writeErr: (text) => host.terminal.note(text.trimEnd()),
    })
    .showHelpAfterError(helpHint('assay'))
    .addHelpText('after', '\nExample:\n  $ assay demo\n')
    .exitOverride();
  for (const { make, isHidden } of COMMANDS) {
    const command = make(host);
    inheritSettings(command, program, 'assay');
    program.addCommand(command, { hidden: isHidden === true });
  }
  return program;
}

/** Commander copies settings to one level only. */
function inheritSettings(command: Command, parent: Command, path: string): void {
  const own = `${path} ${command.name()}`;
  command.copyInheritedSettings(parent).showHelpAfterError(helpHint(own));
  command.commands.forEach((child) => inheritSettings(child, command, own));
}

/** The help that is nearest to what went wrong. */
const helpHint = (command: string): string => `(${command} --help shows what there is)`;

/** Runs one command line. @returns the exit code */
export async function runProgram(
  argv: readonly string[],
  environment: Environment,
  terminal: Terminal = processTerminal(environment),
): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = buildProgram({ terminal, environment, exit: (code) => (exitCode = code) });
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.ok;
    return printUsageError(error.message, argv.includes('--json'), terminal);
  }
  return exitCode;
}
