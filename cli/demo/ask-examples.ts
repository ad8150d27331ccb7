import OpenAI from 'openai';
import { columns } from '../columns.js';
import type { DemoSession } from './demo-session.js';

/** Invented messages, not mails of the corpus. */
const EXAMPLES = [
  'Subject: Re: build fails on the second machine\n\nI ran the tests again with your patch and they pass now. Can you commit it?',
  'Subject: You have won\n\nCongratulations! Click here to claim your FREE prize money now. Limited offer, act today, no obligation!',
  'Subject: Re: [list] printing from the laptop\n\nOn Monday Pat wrote:\n> The driver loads, but nothing comes out.\n\nI had the same. Restart the daemon after the upgrade and look at the log; it worked for me.',
];

/** Asks the gateway as any application does: the official client, the alias as the model. */
export async function askExamples(session: DemoSession, alias: string): Promise<string[]> {
  const baseURL = `${session.stack.gatewayUrl}/v1`;
  const client = new OpenAI({ baseURL, apiKey: session.stack.gatewayToken });
  const rows: string[][] = [];
  for (const content of EXAMPLES) {
    const startedAt = performance.now();
    const answer = await client.chat.completions.create({ model: alias, messages: [{ role: 'user', content }] });
    const took = `${Math.round(performance.now() - startedAt)} ms`;
    const subject = content.split('\n')[0]?.replace('Subject: ', '') ?? '';
    rows.push([`"${subject}"`, '→', answer.choices[0]?.message.content ?? '', took]);
  }
  return columns(rows);
}
