import { DURATION_PATTERN } from '../../kernel/units/duration.js';
import { MONEY_PATTERN } from '../../kernel/units/money.js';
import { NAME_PATTERN } from '../../kernel/units/name.js';
import { formsOf, type JsonSchema } from './json-schema.js';

const TEXTS: Record<string, string> = {
  [DURATION_PATTERN.source]: 'duration',
  [MONEY_PATTERN.source]: 'amount of money',
  [NAME_PATTERN.source]: 'name',
};
const PLURALS: Record<string, string> = { mapping: 'mappings', text: 'texts', name: 'names', number: 'numbers' };
/** A bound that only keeps numbers from growing without end is not worth a word. */
const UNBOUNDED = 1_000_000_000;

/** What a value has to be, for people: `list of mappings`, `one of eml, jsonl`, `whole number from 1 to 100`. */
export function typeInWords(schema: JsonSchema): string {
  const forms = formsOf(schema);
  const literals = forms.flatMap((form) => form.enum ?? (form.const === undefined ? [] : [form.const]));
  if (literals.length > 1) return `one of ${literals.map(String).join(', ')}`;
  return [...new Set(forms.map(formInWords))].join(' or ');
}

function formInWords(form: JsonSchema): string {
  if (form.const !== undefined || form.enum?.length === 1) return `always ${String(form.const ?? form.enum?.[0])}`;
  switch (form.type) {
    case 'array':
      return `list of ${plural(typeInWords(form.items ?? {}))}`;
    case 'object':
      return typeof form.additionalProperties === 'object'
        ? `${plural(typeInWords(form.additionalProperties))} by name`
        : 'mapping';
    case 'number':
      return `number${boundsInWords(form)}`;
    case 'integer':
      return `whole number${boundsInWords(form)}`;
    case 'boolean':
      return 'true or false';
    default:
      return TEXTS[form.pattern ?? ''] ?? 'text';
  }
}

const plural = (word: string): string => PLURALS[word] ?? word.replace(/^(?:always|one of) /, '');

function boundsInWords({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string {
  const most = maximum === undefined || maximum >= UNBOUNDED ? undefined : maximum;
  if (exclusiveMinimum !== undefined) {
    const above = ` above ${exclusiveMinimum}`;
    return exclusiveMaximum === undefined ? withMost(above, most) : `${above} and below ${exclusiveMaximum}`;
  }
  if (minimum !== undefined && most !== undefined) return ` from ${minimum} to ${most}`;
  return minimum === undefined ? withMost('', most) : `, ${minimum} or more`;
}

const withMost = (bounds: string, most: number | undefined): string =>
  most === undefined ? bounds : `${bounds}, ${most} or less`;
