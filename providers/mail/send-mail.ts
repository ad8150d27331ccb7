import { connect, isIP, type Socket } from 'node:net';
import nodemailer from 'nodemailer';
import type { MailServer } from '../../domain/config/mail-server.js';
import { LifecycleError, providerError } from '../../domain/kernel/errors.js';
import { emailField } from '../../domain/notifications/email-field.js';
import type { Reply, SendMail } from '../../domain/ports/notification-transports.js';
import type { Secrets } from '../../domain/ports/secrets.js';

const TIMEOUT_MILLISECONDS = 30_000;

export interface MailOptions {
  /** Undefined: there is none, and nothing is sent. */
  server: MailServer | undefined;
  secrets: Pick<Secrets, 'resolve' | 'renew'>;
  /** For the whole of a mail, from the connection to the server's last word. */
  timeoutMilliseconds?: number;
  /** Certificates to trust beside the system's; PEM. */
  trusted?: string;
}

/** Sends mail, each by a connection of its own that ends with it. */
export function createSendMail(options: MailOptions): SendMail {
  const { server, secrets, timeoutMilliseconds = TIMEOUT_MILLISECONDS } = options;
  return async (mail) => {
    if (server === undefined)
      throw new LifecycleError('INVALID_INPUT', 'This worker knows no mail server: set ASSAY_SMTP.');
    if (!emailField.safeParse(mail.to).success) throw new LifecycleError('INVALID_INPUT', 'The address is not one.');
    const { password = '' } = server;
    const attempt = (written: string) => sendOnce(mail, { ...options, server, timeoutMilliseconds, password: written });
    try {
      return await attempt(await secrets.resolve(password));
    } catch (error) {
      // A password that was exchanged meanwhile is read again, once.
      if (!isRefusedPassword(error) || password === '') throw asProviderError(error, timeoutMilliseconds);
      return attempt(await secrets.renew(password)).catch((again: unknown) => {
        throw asProviderError(again, timeoutMilliseconds);
      });
    }
  };
}

type Attempt = MailOptions & { server: MailServer; timeoutMilliseconds: number; password: string };

async function sendOnce(mail: Parameters<SendMail>[0], attempt: Attempt): Promise<Reply> {
  const { server, timeoutMilliseconds, password, trusted } = attempt;
  const { host, port, security, user, from } = server;
  let socket: Socket | undefined;
  const transport = nodemailer.createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user !== undefined && { auth: { user, pass: password } }),
    tls: { ...(isIP(host) === 0 && { servername: host }), ...(trusted !== undefined && { ca: trusted }) },
    disableFileAccess: true,
    disableUrlAccess: true,
    // A socket of our own: what hangs is cut off, whatever it is in the middle of.
    getSocket: (_options, callback) => {
      socket = connect({ host, port });
      socket.once('connect', () => callback(null, { connection: socket }));
      socket.once('error', (error) => callback(error, undefined));
    },
  });
  const ending = AbortSignal.any([mail.signal, AbortSignal.timeout(timeoutMilliseconds)]);
  const cutOff = new Promise<never>((_resolve, reject) => {
    ending.addEventListener('abort', () => reject(ending.reason), { once: true });
  });
  try {
    const sending = transport.sendMail({
      from: { name: 'Assay', address: from },
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: mail.text,
      messageId: `<${mail.id}@${from.slice(from.indexOf('@') + 1)}>`,
      date: new Date(mail.at),
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    });
    const { response } = await Promise.race([sending, cutOff]);
    return { status: Number(response.slice(0, 3)) };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return refusal;
  } finally {
    socket?.destroy();
  }
}

interface SmtpError {
  code?: string;
  /** Of what lies beneath, e.g. a certificate. */
  originalCode?: string;
  responseCode?: number;
  name?: string;
}

/** What the server said of the mail itself: a 5xx about recipient or message is its last word. Undefined: anything else. */
function refusalOf(error: unknown): Reply | undefined {
  const { code, responseCode } = error as SmtpError;
  if (responseCode === undefined || (code !== 'EENVELOPE' && code !== 'EMESSAGE')) return undefined;
  return { status: responseCode, isFinal: responseCode >= 500 };
}

const isRefusedPassword = (error: unknown): boolean => (error as SmtpError).code === 'EAUTH';

/** In words of ours: a server's own may repeat an address. */
function asProviderError(error: unknown, timeoutMilliseconds: number): LifecycleError {
  const { originalCode, code = 'unknown error', responseCode, name } = error as SmtpError;
  const hung = name === 'TimeoutError' || name === 'AbortError';
  const said = responseCode === undefined ? (originalCode ?? code) : `${code}, ${responseCode}`;
  const message = hung
    ? `The mail server did not take it within ${timeoutMilliseconds} ms.`
    : `The mail server did not take it (${said}).`;
  return providerError(message, { retryable: true }, error);
}
