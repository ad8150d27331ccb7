import { z } from 'zod';
import { whyNoPrompt } from '../../prompts/prompt.js';
import { relativePath, text } from './fields.js';

const LONGEST = 32_768;

/** The text of a prompt. */
export const promptText = text(LONGEST).refine((value) => whyNoPrompt(value) === null, {
  error: (issue) => whyNoPrompt(String(issue.input)) ?? undefined,
});

/** `<name>@<number>` of something registered. */
export const versionReference = z.string().regex(/^[a-z0-9-]{1,63}@[1-9]\d{0,8}$/, {
  error: 'Write a registered version, e.g. triage@3.',
});

/** Where a prompt comes from: a file, or a registered version. */
export const promptOrigin = z.union([versionReference, relativePath]);
