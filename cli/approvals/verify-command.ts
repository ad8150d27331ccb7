import { Command } from 'commander';
import { verifyApprovalFile, type ApprovalReport } from '../../domain/approvals/approval-file.js';
import { DECISION_PAYLOAD_TYPE, decisionStatementSchema } from '../../domain/approvals/statement.js';
import { decodePayload } from '../../domain/evidence/dsse.js';
import { shortDigest } from '../../domain/kernel/digest.js';
import { action, type Host } from '../action.js';
import { colours } from '../colours.js';
import { columns } from '../columns.js';
import { examples } from '../commands/example.js';
import type { CommandOutcome } from '../outcome.js';
import { plainText } from '../plain-text.js';
import { readNamedFile } from '../read-named-file.js';

export const verifyApprovalCommand = (host: Host): Command =>
  new Command('verify')
    .description('check an exported approval offline: what was bound, every signature, the policy')
    .argument('<file>', 'what "assay approvals export" wrote')
    .option('--key <file>', 'the public key that signs decisions, PEM, as you know it')
    .addHelpText('after', examples('assay approvals verify approval.json --key decision.pub.pem'))
    .action(
      action<{ key?: string }, [string]>(host, async (_context, { key }, file) => {
        const known = key === undefined ? undefined : await readNamedFile(key);
        return outcomeOf(verifyApprovalFile(await readNamedFile(file), known));
      }),
    );

function outcomeOf(report: ApprovalReport): CommandOutcome {
  const { file, judgement, keyId, isOwnKey } = report;
  const { outcome, unverified, discounted, unwaived, missing } = judgement;
  const isSound = unverified.length === 0;
  const data = {
    requestId: file.request.id,
    outcome,
    isSound,
    unverified,
    discounted,
    unwaived,
    missing,
    keyId,
    isOwnKey,
  };
  return { code: isSound && outcome === 'approved' ? 'OK' : 'NO', data, lines: reportLines(report) };
}

function reportLines({ file, judgement, keyId, isOwnKey }: ApprovalReport): string[] {
  const { request } = file;
  const whyNot = new Map([...judgement.unverified, ...judgement.discounted].map(({ id, reason }) => [id, reason]));
  const content = whyNot.get(request.id) ?? 'content and digest agree';
  const decided = file.decisions.map(({ id, principal, role, verdict, envelope }) => {
    const signed = decisionStatementSchema.safeParse(decodePayload(DECISION_PAYLOAD_TYPE, envelope)).data;
    const voice = signed?.onBehalfOf === undefined ? '' : ` for ${plainText(signed.onBehalfOf.principal)}`;
    const who = `${plainText(principal)}${voice}`;
    return [mark(whyNot, id), who, role, verdict, signed?.decidedAt ?? '', whyNot.get(id) ?? ''];
  });
  const waived = file.waivers.map(({ id, principal, role, question, until }) => {
    const end = `until ${until.slice(0, 10)}`;
    return [mark(whyNot, id), plainText(principal), role, `waives ${question}`, end, whyNot.get(id) ?? ''];
  });
  const open = [...judgement.missing.map(({ role, count }) => `${count} ${role}`), ...judgement.unwaived];
  return [
    `request ${request.id} for ${plainText(request.subject.target.alias)}: ${judgement.outcome}`,
    `binds ${shortDigest(request.subjectDigest)}: ${content}`,
    ...columns([...decided, ...waived]).map((line) => `  ${line}`),
    ...(open.length > 0 ? [`missing: ${open.join(', ')}`] : []),
    isOwnKey
      ? `signed by the key ${keyId}, which is the file's own word: give --key to be sure whose it is`
      : `signed by the key ${keyId}, as you gave it`,
    'not to be told offline: that each signer held their role (the api says so by its signature), and that nothing that',
    'was signed is left out: compare with the audit log (`assay audit verify`).',
  ];
}

const mark = (whyNot: ReadonlyMap<string, string>, id: string): string =>
  whyNot.has(id) ? colours.red('✗') : colours.green('✓');
