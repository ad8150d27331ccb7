import { describe, expect, it } from 'vitest';
import { digestBytes } from '../../../domain/evidence/canonical.js';
import { forProvider } from '../../../server/gateway/chat-request.js';

const text = 'Answer with one word.\n--- user ---\nSort: {{input}}';
const version = { model: 'small', prompt: { from: 'sort@1', digest: digestBytes(text), text } };
const asked = (...messages: { role: string; content?: string | { type: string; text?: string }[] | null }[]) =>
  forProvider({ model: 'triage', messages }, version)['messages'];

describe('a request to a version with a template', () => {
  it('has its last message of the user put into the template, behind the message of the prompt', () => {
    const messages = asked({ role: 'user', content: 'before' }, { role: 'user', content: 'a mail' });
    expect(messages).toEqual([
      { role: 'system', content: 'Answer with one word.' },
      { role: 'user', content: 'before' },
      { role: 'user', content: 'Sort: a mail' },
    ]);
  });

  it('is refused where there is no such message, or it is not one text: it would be asked in another way than approved', () => {
    for (const message of [
      { role: 'system', content: 'Sort: x' },
      { role: 'user', content: [{ type: 'text', text: 'a mail' }] },
      { role: 'user', content: null },
    ])
      expect(() => asked(message)).toThrow('takes the last message of the user as one text');
  });
});
