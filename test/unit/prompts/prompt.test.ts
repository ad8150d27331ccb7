import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePromptReference } from '../../../domain/prompts/prompt-reference.js';
import { fillInput, systemMessages, whyNoPrompt } from '../../../domain/prompts/prompt.js';

const SORT = 'Answer "spam" or "ham".\n';
const WITH_TEMPLATE = `${SORT}--- user ---\nThe mail:\n{{input}}\nYour answer:\n`;

describe('a prompt', () => {
  it('is a system message, and the input goes as it came', () => {
    expect(whyNoPrompt(SORT)).toBeNull();
    expect(systemMessages({ text: SORT })).toEqual([{ role: 'system', content: 'Answer "spam" or "ham".' }]);
    expect(fillInput({ text: SORT }, ' win ')).toBe(' win ');
    expect([systemMessages(undefined), fillInput(undefined, 'x')]).toEqual([[], 'x']);
  });

  it('puts the input into its template, whatever the input holds', () => {
    expect(whyNoPrompt(WITH_TEMPLATE)).toBeNull();
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('$&', '{{input}}', '--- user ---\n', '$1$`')), (input) => {
        expect(fillInput({ text: WITH_TEMPLATE }, input)).toBe(`The mail:\n${input}\nYour answer:`);
      }),
    );
  });

  it.each([
    [' \n', 'A prompt is empty.'],
    ['Sort {{input}}.', '{{input}} stands below the line "--- user ---": an input is no instruction.'],
    ['Sort.\n--- user ---\nno input', "The user's message of a prompt has {{input}} once."],
    ['Sort.\n--- user ---\n{{input}} {{input}}', "The user's message of a prompt has {{input}} once."],
    ['Sort.\n--- user ---\n{{inptu}}', 'A prompt knows the placeholder {{input}} only, not {{inptu}}.'],
    ['Sort.\n--- user ---\n{{input}}\n--- user ---\nmore', 'A prompt has the line "--- user ---" once.'],
  ])('%j is none', (text, reason) => {
    expect(whyNoPrompt(text)).toBe(reason);
  });

  it('is named by number or by alias, and by nothing else', () => {
    expect(parsePromptReference('triage@3')).toEqual({ name: 'triage', number: 3 });
    expect(parsePromptReference('triage:best')).toEqual({ name: 'triage', alias: 'best' });
    for (const other of ['./triage.md', 'triage', 'triage@0', 'triage@x', 'a/triage@1', 'triage:', 'Triage@1', 'a@1:b'])
      expect(parsePromptReference(other)).toBeUndefined();
  });
});
