import { describe, expect, test } from 'vitest';
import { mailInput, parseMail } from '../../../domain/data/mail.js';
import { exampleMail } from '../../support/example-mail.js';

const multipart = (kind: string, ...parts: [type: string, body: string][]): Uint8Array =>
  exampleMail({
    headers: ['MIME-Version: 1.0', `Content-Type: multipart/${kind}; boundary="b"`],
    body: [...parts.map(([type, body]) => `--b\r\nContent-Type: ${type}\r\n\r\n${body}`), '--b--'].join('\r\n'),
  });

describe('parsing a mail', () => {
  test('reads subject, text and the time of the last server', async () => {
    const mail = await parseMail(exampleMail());
    expect(mail).toMatchObject({
      subject: 'Lunch on Friday',
      text: 'Shall we meet at noon?',
      receivedAt: '2002-08-06T11:00:00.000Z',
      atBasis: 'received',
      broken: null,
    });
    expect(mailInput(mail)).toBe('Subject: Lunch on Friday\n\nShall we meet at noon?');
  });

  test('takes the top one of several received headers and what follows its last semicolon', async () => {
    const top = 'from c.example.com (x; y) by d.example.com; Wed, 7 Aug 2002 09:30:00 -0700 (PDT)';
    const mail = await parseMail(Buffer.concat([Buffer.from(`Received: ${top}\r\n`), exampleMail()]));
    expect(mail.receivedAt).toBe('2002-08-07T16:30:00.000Z');
  });

  test("uses the sender's date only where no server signed, and says so", async () => {
    expect(await parseMail(exampleMail({ received: null }))).toMatchObject({
      receivedAt: '2002-08-06T10:58:00.000Z',
      atBasis: 'date',
      broken: null,
    });
  });

  test('does not fall back on the date of the sender where the received header has none', async () => {
    expect(await parseMail(exampleMail({ received: 'at some time' }))).toMatchObject({
      receivedAt: null,
      atBasis: null,
      broken: 'mail.no-date',
    });
  });

  test('prefers plain parts to html parts', async () => {
    const mail = await parseMail(
      multipart('alternative', ['text/plain', 'plain words'], ['text/html', '<p>other</p>']),
    );
    expect(mail.text).toBe('plain words');
  });

  test('shows the visible text of a mail that has html only', async () => {
    const mail = await parseMail(
      multipart('mixed', ['text/html', '<style>p{}</style><p>Hello&nbsp;&amp; welcome</p>']),
    );
    expect(mail.text).toBe('Hello & welcome');
  });

  test('reads a plain part whose type lacks the semicolon before its parameters', async () => {
    const mail = await parseMail(exampleMail({ headers: ['Content-Type: TEXT/PLAIN charset=US-ASCII'] }));
    expect(mail.text).toBe('Shall we meet at noon?');
  });

  test('keeps at most 20,000 characters and no control characters or lone surrogates', async () => {
    const mail = await parseMail(exampleMail({ body: `a\u0000b&\u0007${'🙂'.repeat(15_000)}` }));
    expect(mail.text.length).toBe(20_000);
    expect(mail.text.startsWith('ab&🙂')).toBe(true);
    expect(mail.text.endsWith('\uFFFD')).toBe(true);
  });

  test.each([
    ['mail.empty', new Uint8Array()],
    ['mail.not-a-mail', Buffer.from('key: value\nother: value\n\nsome text')],
    ['mail.no-headers', Buffer.from('\n\nmove 1 to 2\nmove 2 to 3\n')],
    ['mail.no-date', exampleMail({ received: null, date: null })],
    ['mail.empty-body', exampleMail({ body: ' \r\n ' })],
  ])('calls a record broken with the reason %s', async (reason, bytes) => {
    expect((await parseMail(bytes)).broken).toBe(reason);
  });

  test('reads a mail that is a part of a larger buffer', async () => {
    const bytes = exampleMail();
    const around = Buffer.concat([Buffer.from('before'), bytes, Buffer.from('after')]);
    expect((await parseMail(around.subarray(6, 6 + bytes.length))).text).toBe('Shall we meet at noon?');
  });

  test('leaves the time zone of the machine out, also of an enclosed mail', async () => {
    const enclosed = multipart(
      'mixed',
      ['text/plain', 'see below'],
      ['message/rfc822', Buffer.from(exampleMail()).toString()],
    );
    expect((await parseMail(enclosed)).text).toBe('see below');
  });

  test('takes no longer than its length asks for with hostile html beside a plain part', async () => {
    const hostile = ['<!--', '<a ', '<br', '<script>', '<', '&#'].map((mark) => mark.repeat(500_000 / mark.length));
    const started = performance.now();
    for (const html of hostile) await parseMail(multipart('mixed', ['text/plain', 'hi'], ['text/html', html]));
    for (const html of hostile) await parseMail(multipart('mixed', ['text/html', html]));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('the key of a conversation', () => {
  const threadOf = async (subject: string | null, ...headers: string[]) =>
    (await parseMail(exampleMail({ subject, headers }))).thread;

  test('is the same for answers, forwards and list tags', async () => {
    const thread = await threadOf('Lunch on Friday');
    for (const subject of ['Re: Lunch on Friday', 'RE: [team] Fwd:  lunch on friday', '[team] Re[2]: LUNCH on Friday'])
      expect(await threadOf(subject)).toBe(thread);
    expect(await threadOf('Dinner on Friday')).not.toBe(thread);
  });

  test('is the root message where there is no subject', async () => {
    const root = await threadOf(null, 'Message-ID: <1@example.com>');
    expect(root).toMatch(/^sha256:/u);
    expect(await threadOf('Re:', 'Message-ID: <2@example.com>', 'In-Reply-To: <1@example.com>')).toBe(root);
    expect(await threadOf(null, 'Message-ID: <3@example.com>', 'References: <1@example.com> <2@example.com>')).toBe(
      root,
    );
  });

  test('is null where nothing names one', async () => {
    expect(await threadOf(null)).toBeNull();
  });
});
