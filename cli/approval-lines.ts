import { colours } from './colours.js';
import type { ApprovalView, DecisionView } from '../domain/api/approval.js';
import { shortDigest } from '../domain/kernel/digest.js';
import { printMoney } from '../domain/kernel/units/money.js';
import type { AnswerVerdict, GateVerdict } from '../domain/kernel/states.js';
import { columns } from './columns.js';
import { gateCells, type GateLine } from './gate-lines.js';
import { plainText } from './plain-text.js';
import { waitingLine } from './run-lines.js';
import { verdictStrip } from './verdict-strip.js';

/**
 * All that a signer should read before deciding: what is bound, what speaks against it, who has signed, who is missing.
 * `modelQuestions` are shown beside the data's where they are known; they block nothing.
 */
export function approvalLines(
  view: ApprovalView,
  gates: readonly GateLine[],
  now: number,
  modelQuestions: readonly string[] = [],
): string[] {
  return [
    `${colours.bold(view.id)}  ${stateInWords(view, now)}`,
    `run ${view.runId} · alias ${view.subject.target.alias} · requested by ${[view.terms.requester, ...(view.terms.alsoRequested ?? [])].map(plainText).join(', ')}`,
    `a signature binds ${colours.bold(shortDigest(view.subjectDigest))}${view.isIntact ? '' : colours.red(' BUT THE CONTENT HAS CHANGED')}`,
    '',
    verdictStrip(verdictsOf(view, gates)),
    ...section('Gates', columns(gates.map(gateCells))),
    ...section('Questions about the data', columns(answerRows(view))),
    ...section('Questions about the model (not bound, none blocks)', modelQuestions),
    ...section('Bound', columns(boundRows(view))),
    ...section('Signed', columns(signedRows(view))),
    ...section('For you', forViewer(view)),
  ];
}

function stateInWords(view: ApprovalView, now: number): string {
  if (view.state !== 'open')
    return [view.state, ...(view.closedReason ? [`(${plainText(view.closedReason)})`] : [])].join(' ');
  return view.outcome === 'pending' ? waitingLine(view, now) : view.outcome;
}

/** Of gates and data answers; a waived answer counts as waived. */
function verdictsOf(view: ApprovalView, gates: readonly GateLine[]): (AnswerVerdict | GateVerdict)[] {
  const waived = new Set(view.waivers.filter(({ problem }) => problem === null).map(({ question }) => question));
  return [
    ...gates.map(({ verdict }) => verdict),
    ...view.terms.answers.map(({ question, verdict }) => (waived.has(question) ? 'waived' : verdict)),
  ];
}

function answerRows({ terms, waivers }: ApprovalView): string[][] {
  return terms.answers.map(({ question, verdict, basis, reason }) => {
    const waiver = waivers.find((other) => other.question === question && other.problem === null);
    const waived = waiver === undefined ? '' : ` (waived by ${waiver.principal} until ${waiver.until.slice(0, 10)})`;
    return [question, verdict, basis, reason + waived];
  });
}

function boundRows({ subject, terms }: ApprovalView): string[][] {
  const { provider, model, digest, jobId, prompt, imported } = subject.weights;
  const word = jobId === undefined ? `${provider}'s word; nothing was trained` : `${provider}'s word`;
  return [
    ...Object.entries(subject.datasets).map(([name, digest]) => [`dataset ${name}`, shortDigest(digest)]),
    ['base model', subject.baseModel],
    ...(imported === undefined ? [] : [['imported as', shortDigest(imported)]]),
    ['weights', digest === undefined ? word : shortDigest(digest)],
    ...(prompt === undefined ? [] : [['prompt', shortDigest(prompt)]]),
    ['served as', plainText(`${model} by ${provider}`)],
    ...subject.evaluations.map((digest) => ['evaluation', shortDigest(digest)]),
    ['gate verdicts', shortDigest(subject.gateVerdicts)],
    ['answers', shortDigest(subject.dataAnswers)],
    ['quote', `${printMoney(terms.quote.costMicroUsd)}: ${plainText(terms.quote.basis)}`],
    ...(terms.quote.variance === undefined ? [] : [['trained', plainText(terms.quote.variance)]]),
  ];
}

function signedRows({ decisions, waivers, missing, unwaived, terms }: ApprovalView): string[][] {
  return [
    ...decisions.map((signed) => [signed.role, saidInWords(signed), signed.problem ?? reasonInWords(signed)]),
    ...waivers.map((signed) => [
      signed.role,
      `${signed.principal}: waives ${signed.question}`,
      signed.problem ?? signed.reason ?? '',
    ]),
    ...missing.map(({ role, count }) => [role, count > 1 ? `${count} missing` : 'missing', '']),
    ...unwaived.map((question) => [terms.policy.waivers.role, `${question} is not waived`, '']),
  ];
}

/** `mia for leo, after an escalation to ml-lead: approve` */
function saidInWords({ principal, onBehalfOf, via, verdict }: DecisionView): string {
  const voice = onBehalfOf === null ? '' : ` for ${plainText(onBehalfOf)}`;
  const by = via === null ? '' : `, after an escalation to ${via}`;
  return `${plainText(principal)}${voice}${by}: ${verdict}`;
}

const reasonInWords = ({ reason, conditions }: DecisionView): string =>
  [reason ?? '', ...conditions.map((condition) => `on condition: ${condition}`)].map(plainText).join('; ');

function forViewer({ viewer }: ApprovalView): string[] {
  const who = plainText(viewer.principal);
  if (viewer.whyNot !== null) return [`${who} cannot sign: ${plainText(viewer.whyNot)}`];
  const parts = viewer.maySignAs.map(({ stage, role, onBehalfOf, via }) => {
    const voice = onBehalfOf === null ? '' : ` for ${onBehalfOf}`;
    return `${role} (${stage})${voice}${via === null ? '' : ` by ${via}`}`;
  });
  if (viewer.mayWaive) parts.push('a waiver');
  return [
    parts.length === 0 ? `${who} has nothing to sign here` : `${who} may sign as ${parts.map(plainText).join(', ')}`,
  ];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', colours.bold(title), ...lines.map((line) => `  ${line}`)];
