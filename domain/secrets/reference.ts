const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/;
/** A text that is one reference and nothing else. */
export const ONE_REFERENCE = /^\$\{secret:[A-Za-z][A-Za-z0-9_-]{0,62}\}$/;
const REFERENCE = /\$\{secret:([^}]*)\}/g;

/** What a reference must look like, for error messages. */
export const REFERENCE_FORM =
  'Write ${secret:NAME}; a name is 1 to 63 letters, digits, _ and -, and begins with a letter.';

/** The names behind each `${secret:NAME}` of a text, each once. */
export const secretNamesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(REFERENCE)].map(([, name = '']) => name)),
];

/** Whether everything of a text that looks like a reference is one. */
export const isWellReferenced = (text: string): boolean =>
  !text.replace(REFERENCE, (whole, name: string) => (NAME.test(name) ? '' : whole)).includes('${');

/** The text with each reference replaced; what `values` lacks stays as it is. */
export const fillReferences = (text: string, values: ReadonlyMap<string, string>): string =>
  text.replace(REFERENCE, (whole, name: string) => values.get(name) ?? whole);

const PREFIX = 'ASSAY_SECRET_';

/** The variable that holds a secret: `openai-key` stands in `ASSAY_SECRET_OPENAI_KEY`. */
export const variableOfSecret = (name: string): string => PREFIX + name.toUpperCase().replaceAll('-', '_');

/** The variables of an environment that hold secrets. */
export const secretVariables = (environment: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[0].startsWith(PREFIX) && Boolean(entry[1]),
    ),
  );
