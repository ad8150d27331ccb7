import { Argument, Command } from 'commander';
import { action, type Host } from '../action.js';
import { bashScript } from '../completion/bash.js';
import { commandWords } from '../completion/command-words.js';
import { fishScript } from '../completion/fish.js';
import { zshScript } from '../completion/zsh.js';
import { ok } from '../outcome.js';
import { examples } from './example.js';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };
type Shell = keyof typeof SCRIPTS;

export function completionCommand(host: Host): Command {
  const command = new Command('completion')
    .description('print a script that completes commands and options in a shell')
    .addArgument(new Argument('<shell>', 'the shell that is to read it').choices(Object.keys(SCRIPTS)))
    .addHelpText('after', examples('assay completion bash > ~/.local/share/bash-completion/completions/assay'));
  return command.action(
    action<object, [Shell]>(host, async (_context, _options, shell) => {
      const script = SCRIPTS[shell](commandWords(command.parent ?? command));
      return ok({ shell, script }, [script.trimEnd()]);
    }),
  );
}
