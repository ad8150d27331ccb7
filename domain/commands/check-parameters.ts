import { didYouMean } from '../did-you-mean.js';
import { misfitOf, type CommandEntry } from './command-entry.js';

type Parameters = Record<string, number | string>;

/** What is wrong with the parameters that a lifecycle gives to a command: unknown, missing, or out of bounds. */
export function parameterProblems({ params }: Pick<CommandEntry, 'params'>, given: Parameters): string[] {
  const known = Object.keys(params);
  const unknown = Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => `${name} is not known.${didYouMean(name, known) || ` It takes ${known.join(', ') || 'none'}.`}`);
  const misfits = Object.entries(params).flatMap(([name, spec]) => {
    const value = given[name] ?? spec.default;
    if (value === undefined) return [`${name} is missing: it has no default.`];
    const problem = misfitOf(spec, value);
    return problem === undefined ? [] : [`${name} is ${value}: it ${problem}.`];
  });
  return [...unknown, ...misfits];
}

/** Every parameter of the entry with the value given, or its default. */
export const completeParameters = ({ params }: Pick<CommandEntry, 'params'>, given: Parameters): Parameters =>
  Object.fromEntries(Object.entries(params).map(([name, spec]) => [name, given[name] ?? spec.default ?? '']));
