export interface ExampleMail {
  received?: string | null;
  date?: string | null;
  subject?: string | null;
  headers?: string[];
  body?: string;
}

/** An invented mail as bytes. */
export function exampleMail(mail: ExampleMail = {}): Uint8Array {
  const { received = 'Tue, 06 Aug 2002 12:00:00 +0100', date = 'Tue, 6 Aug 2002 11:58:00 +0100' } = mail;
  const { subject = 'Lunch on Friday', headers = [], body = 'Shall we meet at noon?' } = mail;
  const lines = [
    ...(received === null ? [] : [`Received: from a.example.com by b.example.com; ${received}`]),
    'From: Ann <ann@example.com>',
    ...(date === null ? [] : [`Date: ${date}`]),
    ...(subject === null ? [] : [`Subject: ${subject}`]),
    ...headers,
    '',
    body,
  ];
  return Buffer.from(lines.join('\r\n'));
}
