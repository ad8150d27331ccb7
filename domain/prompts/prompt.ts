import type { Digest } from '../kernel/digest.js';
import type { ChatRequest } from '../ports/model.js';

/** A prompt by value: what a model is told with every input. */
export interface PromptText {
  /** `./prompts/triage.md`, or a registered version: `triage@3`. */
  from: string;
  /** SHA-256 of the text. */
  digest: Digest;
  text: string;
}

/** Begins the template of the user's message; what stands before it is the system message. */
const USER_LINE = /^--- user ---[ \t]*$/m;
const INPUT = '{{input}}';
const PLACEHOLDER = /\{\{\s*[\w.-]*\s*\}\}/g;

interface PromptParts {
  system: string | null;
  /** Holds `{{input}}` once; null: the user's message is the input as it came. */
  user: string | null;
}

function partsOf(text: string): PromptParts {
  const [system = '', user] = text.split(USER_LINE);
  return { system: system.trim() || null, user: user?.trim() ?? null };
}

/** Why a text is no prompt, or null where it is one. */
export function whyNoPrompt(text: string): string | null {
  const [system = '', user, more] = text.split(USER_LINE);
  const placeholders = text.match(PLACEHOLDER) ?? [];
  const other = placeholders.find((placeholder) => placeholder !== INPUT);
  if (text.trim() === '') return 'A prompt is empty.';
  if (more !== undefined) return 'A prompt has the line "--- user ---" once.';
  if (other !== undefined) return `A prompt knows the placeholder ${INPUT} only, not ${other}.`;
  if (system.includes(INPUT)) return `${INPUT} stands below the line "--- user ---": an input is no instruction.`;
  if (user !== undefined && placeholders.length !== 1) return `The user's message of a prompt has ${INPUT} once.`;
  return null;
}

type Message = ChatRequest['messages'][number];

/** The prompt's own message, for before all others; none where it has only a template. */
export function systemMessages(prompt: Pick<PromptText, 'text'> | undefined): Message[] {
  const system = prompt === undefined ? null : partsOf(prompt.text).system;
  return system === null ? [] : [{ role: 'system', content: system }];
}

/** Whether it puts the input into a message of its own. */
export const hasTemplate = (prompt: Pick<PromptText, 'text'>): boolean => partsOf(prompt.text).user !== null;

/** What a model is asked: the prompt's own message, then the input in its template. */
export const askWith = (prompt: PromptText | undefined, input: string): Message[] => [
  ...systemMessages(prompt),
  { role: 'user', content: fillInput(prompt, input) },
];

/** The user's message: the input in the prompt's template, or as it came. What an input holds is never read as one. */
export function fillInput(prompt: Pick<PromptText, 'text'> | undefined, input: string): string {
  const user = prompt === undefined ? null : partsOf(prompt.text).user;
  return user === null ? input : user.replace(INPUT, () => input);
}
