import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { entryCommand } from '../dev/entry-command.js';
import { tokenOf, type DemoSession } from './demo-session.js';

/** The example application `examples/email-triage/inbox`, running as a process of its own. */
export interface Inbox {
  /** How many mails there are. */
  mails: Promise<number>;
  /** Lets the next mails arrive, and waits until all are answered. */
  play(count: number): Promise<void>;
  /** Lets people have sorted the mails that came: their labels reach Assay as one batch. */
  label(): Promise<number>;
  close(): void;
}

const lineSchema = z.object({
  step: z.string(),
  answered: z.number().optional(),
  of: z.number().optional(),
  labels: z.number().optional(),
});
type InboxLine = z.infer<typeof lineSchema>;

/** Starts the application; it reads its mails while other things go on. */
export function startInbox(session: DemoSession, from: string): Inbox {
  const { command, args } = entryCommand('examples/email-triage/inbox/main');
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      INBOX_GATEWAY_URL: session.stack.gatewayUrl,
      INBOX_GATEWAY_TOKEN: session.stack.gatewayToken,
      INBOX_API_URL: session.stack.apiUrl,
      INBOX_API_TOKEN: tokenOf(session, 'demo-inbox'),
      INBOX_FROM: from,
    },
  });
  const gone = once(child, 'exit').then(([code]) => {
    throw new LifecycleError('COMMAND', `The inbox application ended (code ${String(code)}) before its work was done.`);
  });
  gone.catch(() => {});
  const waiting = new Map<string, (line: InboxLine) => void>();
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = lineSchema.parse(JSON.parse(text));
    if (line.step === 'answered') session.printer.progress(`${line.answered} of ${line.of} mails answered`);
    waiting.get(line.step)?.(line);
  });
  const answer = (step: string): Promise<InboxLine> =>
    Promise.race([gone, new Promise<InboxLine>((resolve) => waiting.set(step, resolve))]);
  const order = (line: string, step: string): Promise<InboxLine> => {
    const answered = answer(step);
    child.stdin.write(`${line}\n`);
    return answered;
  };
  return {
    mails: answer('arriving').then(({ of }) => of ?? 0),
    play: async (count) => void (await order(`play ${count}`, 'played')),
    label: async () => (await order('label', 'labelled')).labels ?? 0,
    close: () => void child.kill(),
  };
}
