import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { MailServer } from '../../domain/config/mail-server.js';

export interface ReceivedMail {
  from: string;
  to: string[];
  /** Head and body, as they came. */
  raw: string;
  user: string | undefined;
}

export interface MailServerUnderTest {
  /** What a worker is told of it. */
  settings: MailServer;
  received: ReceivedMail[];
  close(): Promise<void>;
}

/** What becomes of a mail once all of it is there; it ends the session by calling back, or leaves it hanging. */
export type Taking = (mail: ReceivedMail, callback: (error?: Error | null) => void, close: () => void) => void;

const take: Taking = (_mail, callback) => callback();

/** An error that the server answers with this code. */
export const smtpError = (responseCode: number, message = 'said the server'): Error =>
  Object.assign(new Error(message), { responseCode });

/** A real mail server on loopback. */
export async function startMailServer(
  options: SMTPServerOptions & { port?: number; taking?: Taking } = {},
): Promise<MailServerUnderTest> {
  const { port = 0, taking = take, ...own } = options;
  const received: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const cutAll = (): void => sockets.forEach((socket) => socket.destroy());
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: own.onAuth === undefined ? ['STARTTLS', 'AUTH'] : [],
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        const mail = { from, to, raw: Buffer.concat(chunks).toString('utf8'), user: session.user };
        received.push(mail);
        taking(mail, callback, cutAll);
      });
    },
    ...own,
  });
  server.server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      cutAll();
    });
  return {
    settings: { host: '127.0.0.1', port: address.port, security: 'none', from: 'assay@example.com' },
    received,
    close: () => (closing ??= close()),
  };
}

/** One for the test that runs. */
export async function mailServerUnderTest(
  options?: Parameters<typeof startMailServer>[0],
): Promise<MailServerUnderTest> {
  const server = await startMailServer(options);
  onTestFinished(() => server.close());
  return server;
}
