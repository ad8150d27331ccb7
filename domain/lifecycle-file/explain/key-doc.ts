import { formsOf, type JsonSchema, type Scalar } from './json-schema.js';
import { typeInWords } from './type-words.js';

/** Whether a key must be there; `depends` where its mapping takes several forms and not all of them ask for it. */
type Need = 'required' | 'optional' | 'depends';

/** What a key of a file means, from the descriptions of its schema. */
export interface KeyDoc {
  /** `deploy.rollout.traffic`; items of lists have no step of their own. Empty for a whole file. */
  path: string;
  type: string;
  description: string;
  need: Need;
  /** Undefined where there is none. */
  default: Scalar | undefined;
  example: unknown;
  keys: KeyDoc[];
  /** The keys are for the author to choose, as those of `hyperparameters` are. */
  isOpen: boolean;
}

/** Explains a schema with all that lies below it. */
export function explainSchema(schema: JsonSchema, path = '', need: Need = 'required'): KeyDoc {
  const forms = formsOf(schema);
  const within = forms.flatMap((form) => (form.type === 'array' ? formsOf(form.items ?? {}) : [form]));
  return {
    path,
    type: typeInWords(schema),
    description: schema.description ?? describeForms(forms),
    need,
    default: schema.default ?? forms[0]?.default,
    example: (schema.examples ?? forms[0]?.examples)?.[0],
    keys: keysOf(within, path),
    isOpen: within.some(({ additionalProperties }) => typeof additionalProperties === 'object'),
  };
}

/** The keys of every form that a mapping may take; those of all forms come together. */
function keysOf(forms: readonly JsonSchema[], above: string): KeyDoc[] {
  const names = [...new Set(forms.flatMap(({ properties = {} }) => Object.keys(properties)))];
  return names.map((name) => {
    const found = forms.flatMap(({ properties }) => properties?.[name] ?? []);
    const [first] = found;
    const schema = first !== undefined && found.length === 1 ? first : { anyOf: found };
    return explainSchema(schema, above === '' ? name : `${above}.${name}`, needOf(name, forms));
  });
}

function needOf(name: string, forms: readonly JsonSchema[]): Need {
  const asking = forms.filter(({ required }) => required?.includes(name));
  if (asking.length === forms.length) return 'required';
  const isInAll = forms.every(({ properties = {} }) => name in properties);
  return isInAll && asking.length === 0 ? 'optional' : 'depends';
}

function describeForms(forms: readonly JsonSchema[]): string {
  const said = forms.map(({ const: value, description = '' }) =>
    value === undefined || forms.length === 1 ? description : `${String(value)}: ${description}`,
  );
  return [...new Set(said)].join(' ').trim();
}
