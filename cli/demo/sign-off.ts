import type { ApprovalView } from '../../domain/api/approval.js';
import { DATA_QUESTIONS } from '../../domain/kernel/states.js';
import { shortDigest } from '../../domain/kernel/digest.js';
import { ownCommand } from '../own-command.js';
import { apiAs, type DemoSession } from './demo-session.js';

const PURPOSE = 'demonstration';
const WAIVER_DAYS = 30;
const RISK_REASON = 'The intervals of the demo run were read.';
const LEGAL_REASON = 'Shown to nobody outside this machine.';

/** Two people sign, and legal waives what blocks; or people are told the commands by which they do. */
export async function signOff(session: DemoSession, requestId: string): Promise<void> {
  const request = await apiAs(session, 'demo-leo').approval(requestId);
  const { printer } = session;
  const until = new Date(Date.now() + WAIVER_DAYS * 86_400_000).toISOString().slice(0, 10);
  if (session.signsItself) return signAsDemo(session, request, until);
  printer.say(
    `\nThe run waits for two people. What they sign: ${shortDigest(request.subjectDigest)}.
In a browser: ${session.stack.apiUrl}/approvals/${request.id} (sign in as Ruth, then as Leo). Or in another terminal:`,
  );
  for (const command of commands(request, session.home, until)) printer.say(`  ${command}`);
}

async function signAsDemo(session: DemoSession, request: ApprovalView, until: string): Promise<void> {
  const { id, subjectDigest } = request;
  const legal = apiAs(session, 'demo-leo');
  for (const question of DATA_QUESTIONS.filter((one) => request.unwaived.includes(one))) {
    await legal.waive(id, { question, purpose: PURPOSE, until, reason: LEGAL_REASON, subjectDigest });
  }
  await apiAs(session, 'demo-ruth').decide(id, {
    verdict: 'approve',
    role: 'risk',
    reason: RISK_REASON,
    subjectDigest,
  });
  await legal.decide(id, { verdict: 'approve', role: 'legal', reason: LEGAL_REASON, subjectDigest });
}

function commands(request: ApprovalView, home: string, until: string): string[] {
  const as = (name: string) => `--as ${name} --home ${home}`;
  const own = ownCommand();
  return [
    `${own} approvals ${request.id} ${as('demo-ruth')}`,
    ...request.unwaived.map(
      (question) =>
        `${own} waive ${request.id} ${question} --purpose ${PURPOSE} --until ${until} --reason "${LEGAL_REASON}" ${as('demo-leo')}`,
    ),
    `${own} approve ${request.id} --role risk --reason "${RISK_REASON}" ${as('demo-ruth')}`,
    `${own} approve ${request.id} --role legal --reason "${LEGAL_REASON}" ${as('demo-leo')}`,
  ];
}
