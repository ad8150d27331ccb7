import type { Command, Option } from 'commander';

/** What may follow a command line that has come as far as a command. */
export interface CommandWords {
  /** The names that lead here, e.g. `config validate`; empty for the program itself. */
  path: string;
  subcommands: Word[];
  options: Word[];
  /** What may follow an option that takes a value, by its flags: a closed list, or nothing known, which means a file. */
  values: Record<string, string[]>;
  /** The arguments, where their list is closed. */
  choices: string[];
}

export interface Word {
  word: string;
  says: string;
}

/** Every command of a program with its subcommands and options; hidden ones are left out. */
export function commandWords(program: Command): CommandWords[] {
  const global = program.options;
  const walk = (command: Command, path: string): CommandWords[] => {
    const visible = command.createHelp().visibleCommands(command);
    const options = [...(command === program ? [] : command.options), ...global].filter(({ hidden }) => !hidden);
    const subcommands = visible.filter((child) => child.name() !== 'help');
    return [
      {
        path,
        subcommands: subcommands.map((child) => ({ word: child.name(), says: child.description() })),
        options: [...options.flatMap(optionWords), { word: '--help', says: 'display help for command' }],
        values: valuesOf(options),
        choices: command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
      },
      ...subcommands.flatMap((child) => walk(child, path === '' ? child.name() : `${path} ${child.name()}`)),
    ];
  };
  return walk(program, '');
}

const optionWords = ({ long, short, description }: Option): Word[] =>
  [long, short].flatMap((word) => (word ? [{ word, says: description }] : []));

const valuesOf = (options: readonly Option[]): Record<string, string[]> =>
  Object.fromEntries(
    options
      .filter(({ required, optional }) => required || optional)
      .flatMap((option) => optionWords(option).map(({ word }) => [word, option.argChoices ?? []])),
  );
