import { parse, run } from '@bufbuild/cel';
import type { GateResult } from '../gates/gate-result.js';
import type { ApprovalRequest } from '../ports/approval-store.js';

/** What an expression of a policy may ask about: plain data, kept beside the answer. */
export interface AutomaticInputs extends Record<string, unknown> {
  risk: string;
  gates: { task: string; metric: string; kind: string; verdict: string; value: number | null; n: number }[];
  answers: { question: string; verdict: string; basis: string }[];
  costUsd: number;
  isFirstRelease: boolean;
  alias: string;
  baseModel: string;
  provider: string;
}

/** The inputs of a request, from what it binds and from the gate verdicts that it names. */
export const automaticInputs = (
  { subject, terms }: ApprovalRequest,
  gates: readonly GateResult[],
): AutomaticInputs => ({
  risk: terms.risk ?? 'unknown',
  gates: gates.map(({ gate, verdict, statistic, n }) => ({
    task: gate.task,
    metric: gate.metric,
    kind: gate.kind,
    verdict,
    value: statistic,
    n,
  })),
  answers: terms.answers.map(({ question, verdict, basis }) => ({ question, verdict, basis })),
  costUsd: terms.quote.costMicroUsd / 1_000_000,
  isFirstRelease: gates.some(({ verdict }) => verdict === 'not-applicable'),
  alias: subject.target.alias,
  baseModel: subject.baseModel,
  provider: subject.weights.provider,
});

/** An expression longer than this is refused unread. */
const MOST_CHARACTERS = 1_000;
/** `all`, `exists`, `filter` and `map` inside of each other multiply: so deep, and no deeper. */
const MOST_NESTED = 2;
const TEXT = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g;
const MACRO = /\.(?:all|exists|exists_one|filter|map)\s*$/;

/** Why an expression cannot be asked; null where it can. */
export function whyNoExpression(when: string): string | null {
  if (when.length > MOST_CHARACTERS) return `Write at most ${MOST_CHARACTERS} characters.`;
  if (nestedMacros(when) > MOST_NESTED) return `Nest all, exists, filter and map at most ${MOST_NESTED} deep.`;
  try {
    parse(when);
    return null;
  } catch (error) {
    return `This is no CEL expression: ${wordsOf(error)}`;
  }
}

/** `holds` is true only where the expression says so; `reason` says why not. */
export interface AutomaticAnswer {
  holds: boolean;
  reason: string;
}

/**
 * Asks an expression of a policy (CEL, cel.dev). It fails closed: a field that is not there, a wrong type, a division by
 * zero, an answer that is not a boolean, all mean that people have to sign.
 */
export function evaluateAutomatic(when: string, inputs: Record<string, unknown>): AutomaticAnswer {
  const flaw = whyNoExpression(when);
  if (flaw !== null) return { holds: false, reason: flaw };
  const answer = askCel(when, inputs);
  if (answer === true) return { holds: true, reason: 'the expression holds' };
  if (answer === false) return { holds: false, reason: 'the expression does not hold' };
  return { holds: false, reason: `the expression has no answer: ${wordsOf(answer)}` };
}

/** CEL answers with errors as values; what it throws is one too. */
function askCel(when: string, inputs: Record<string, unknown>): unknown {
  try {
    return run(when, inputs as Parameters<typeof run>[1]);
  } catch (error) {
    return error;
  }
}

/** How deep macros stand in each other's brackets. */
function nestedMacros(written: string): number {
  const when = written.replace(TEXT, '""');
  const open: boolean[] = [];
  let deepest = 0;
  for (let at = 0; at < when.length; at += 1) {
    if (when[at] === '(') {
      open.push(MACRO.test(when.slice(0, at)));
      deepest = Math.max(deepest, open.filter(Boolean).length);
    } else if (when[at] === ')') open.pop();
  }
  return deepest;
}

const wordsOf = (found: unknown): string =>
  (found instanceof Error ? found.message : `it is a ${typeof found}, not a boolean`).slice(0, 200);
