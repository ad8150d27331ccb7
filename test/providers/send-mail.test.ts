import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MailServer } from '../../domain/config/mail-server.js';
import { createSendMail, type MailOptions } from '../../providers/mail/send-mail.js';
import { CERTIFICATE, CERTIFICATE_KEY } from '../support/localhost-certificate.js';
import { mailServerUnderTest, smtpError } from '../support/mail-server.js';

const mail = {
  id: '0d5f2a1e-4a53-4f0e-9d0c-4f1f5f0f7b7a',
  to: 'ruth@example.com',
  subject: 'a subject',
  text: 'a text\n',
  at: '2026-11-30T21:34:29.878655Z',
  signal: new AbortController().signal,
};

let passwords = ['right'];
const secrets = {
  resolve: async (text: string) => (text === '' ? '' : (passwords[0] ?? '')),
  renew: async () => passwords.at(-1) ?? '',
};
const sender = (server: MailServer | undefined, over: Partial<MailOptions> = {}) =>
  createSendMail({ server, secrets, timeoutMilliseconds: 5_000, ...over });

/** A server of raw bytes, for what no honest mail server does. */
async function rawServer(onLine: (line: string, answer: (text: string) => void) => void): Promise<MailServer> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('220 raw\r\n');
    socket.on('data', (data) => {
      for (const line of data.toString().split('\r\n')) onLine(line, (text) => socket.write(text));
    });
    onTestFinished(() => void socket.destroy());
  });
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    security: 'none',
    from: 'assay@example.com',
  };
}

describe('a mail', () => {
  it('is taken with a Message-ID of its id, as plain text of a machine, the same at every attempt', async () => {
    const { settings, received } = await mailServerUnderTest();
    for (let attempt = 0; attempt < 2; attempt += 1) expect(await sender(settings)(mail)).toEqual({ status: 250 });
    expect(received).toHaveLength(2);
    const { from, to, raw } = received[0]!;
    expect({ from, to }).toEqual({ from: 'assay@example.com', to: ['ruth@example.com'] });
    expect(raw).toContain(`Message-ID: <${mail.id}@example.com>\r\n`);
    expect(raw).toContain('Auto-Submitted: auto-generated\r\n');
    expect(raw).toContain('Content-Type: text/plain; charset=utf-8\r\n');
    expect(received[1]?.raw).toBe(raw);
  });

  it.each([
    ['of the address', { to: 'ruth@example.com\r\nBcc: eve@example.com' }],
    ['of two addresses', { to: 'ruth@example.com, eve@example.com' }],
    ['of a name', { to: 'Ruth <ruth@example.com>' }],
    ['of a route', { to: 'ruth@example.com>\r\nRCPT TO:<eve@example.com' }],
  ])('is refused for the sake %s, before anybody is asked', async (_what, over) => {
    const { settings, received } = await mailServerUnderTest();
    await expect(sender(settings)({ ...mail, ...over })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(received).toEqual([]);
  });

  it('has no header that a subject or a text would write (attack 1.3.11)', async () => {
    const { settings, received } = await mailServerUnderTest();
    const subject = 'x\r\nBcc: eve@example.com\r\n\r\n<b>body</b>';
    await sender(settings)({ ...mail, subject, text: 'one\r\n.\r\nRCPT TO:<eve@example.com>\r\n' });
    expect(received).toHaveLength(1);
    expect(received[0]?.to).toEqual(['ruth@example.com']);
    const head = received[0]?.raw.split('\r\n\r\n')[0] ?? '';
    expect(head).not.toMatch(/^(?:bcc|cc):/im);
    expect(head.match(/^to:/gim)).toHaveLength(1);
  });

  it('that the server will not have is not repeated; one that it cannot have now is', async () => {
    const refusing = (code: number, at: 'onRcptTo' | 'data') =>
      mailServerUnderTest(
        at === 'data'
          ? { taking: (_mail, callback) => callback(smtpError(code, 'ruth@example.com is unknown')) }
          : { onRcptTo: (_address, _session, callback) => callback(smtpError(code, 'ruth@example.com is unknown')) },
      );
    for (const at of ['onRcptTo', 'data'] as const) {
      const full = await refusing(451, at);
      expect(await sender(full.settings)(mail)).toEqual({ status: 451, isFinal: false });
      const unknown = await refusing(550, at);
      expect(await sender(unknown.settings)(mail)).toEqual({ status: 550, isFinal: true });
    }
  });

  it('is not waited for where a server hangs, drips or breaks off, and says so without the address', async () => {
    const silent = await mailServerUnderTest({ taking: () => undefined });
    const dripping = await rawServer((line, answer) => {
      if (!line.startsWith('EHLO')) return;
      const drip = setInterval(() => answer('250-and another thing\r\n'), 20);
      onTestFinished(() => clearInterval(drip));
    });
    for (const settings of [silent.settings, dripping]) {
      const sending = sender(settings, { timeoutMilliseconds: 300 })(mail);
      await expect(sending).rejects.toMatchObject({
        code: 'PROVIDER',
        message: 'The mail server did not take it within 300 ms.',
      });
    }
    const dropping = await mailServerUnderTest({ taking: (_mail, _callback, close) => close() });
    await expect(sender(dropping.settings)(mail)).rejects.toMatchObject({ code: 'PROVIDER' });
    expect(dropping.received).toHaveLength(1);
    const gone = await mailServerUnderTest();
    await gone.close();
    const refused = sender(gone.settings)(mail);
    await expect(refused).rejects.toMatchObject({
      code: 'PROVIDER',
      message: 'The mail server did not take it (ECONNREFUSED).',
    });
  });

  it('is broken off when the worker stops', async () => {
    const { settings } = await mailServerUnderTest({ taking: () => undefined });
    const stopping = new AbortController();
    const sending = sender(settings)({ ...mail, signal: stopping.signal });
    setTimeout(() => stopping.abort(), 100);
    await expect(sending).rejects.toMatchObject({ code: 'PROVIDER' });
  });

  it('is sent with a password over TLS alone, which is read again where it is refused', async () => {
    const asked: string[] = [];
    const server = await mailServerUnderTest({
      cert: CERTIFICATE,
      key: CERTIFICATE_KEY,
      onAuth: ({ username, password }, _session, callback) => {
        asked.push(password ?? '');
        if (password === 'new') callback(null, { user: username });
        else callback(smtpError(535));
      },
    });
    const settings: MailServer = { ...server.settings, user: 'assay', password: '${secret:smtp}' };
    await expect(sender({ ...settings, security: 'tls' })(mail)).rejects.toMatchObject({ code: 'PROVIDER' });
    // The certificate that the server made for itself is nobody's.
    await expect(sender({ ...settings, security: 'starttls' })(mail)).rejects.toMatchObject({
      message: 'The mail server did not take it (DEPTH_ZERO_SELF_SIGNED_CERT).',
    });
    expect(asked).toEqual([]);
    passwords = ['old', 'new'];
    await sender({ ...settings, security: 'starttls', host: 'localhost' }, { trusted: CERTIFICATE })(mail);
    expect(asked).toEqual(['old', 'new']);
    expect(server.received).toMatchObject([{ user: 'assay' }]);
  });

  it('needs a server', () =>
    expect(sender(undefined)(mail)).rejects.toThrow('This worker knows no mail server: set ASSAY_SMTP.'));
});
