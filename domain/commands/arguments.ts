/** What stands for values of the job itself; every other `{word}` is a parameter. */
export const RESERVED_PLACEHOLDERS = ['seed', 'baseModel', 'model', 'folder'] as const;

const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9]*)\}/g;

export const placeholdersIn = (text: string): string[] => [...text.matchAll(PLACEHOLDER)].map(([, word]) => word!);

/** Arguments with values in the place of `{word}`. Each stays one argument, whatever the value holds. */
export const fillArguments = (argv: readonly string[], values: Record<string, string | number>): string[] =>
  argv.map((text) => text.replace(PLACEHOLDER, (whole, word: string) => String(values[word] ?? whole)));
