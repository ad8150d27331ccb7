import { z } from 'zod';
import { promptText } from '../lifecycle-file/schema/prompt-fields.js';
import { digestField } from './fields.js';

export const pushPromptSchema = z
  .strictObject({ text: promptText })
  .meta({ id: 'PushPrompt', examples: [{ text: 'Answer "spam" or "ham" for the message.' }] });
export type PushPrompt = z.infer<typeof pushPromptSchema>;

export const promptLineSchema = z.object({
  /** `<name>@<number>`. */
  id: z.string(),
  name: z.string(),
  number: z.number().int(),
  /** SHA-256 of the text. */
  digest: digestField,
  author: z.string(),
  pushedAt: z.string(),
  /** The aliases that point at it now. */
  aliases: z.array(z.string()),
});
export type PromptLineView = z.infer<typeof promptLineSchema>;

export const promptListSchema = z.object({ prompts: z.array(promptLineSchema) }).meta({ id: 'PromptList' });
export type PromptList = z.infer<typeof promptListSchema>;

export const promptViewSchema = promptLineSchema.extend({ text: z.string() }).meta({ id: 'Prompt' });
export type PromptView = z.infer<typeof promptViewSchema>;

/** The same text is the same version. */
export const pushedPromptSchema = promptLineSchema
  .omit({ aliases: true })
  .extend({ isNew: z.boolean() })
  .meta({ id: 'PushedPrompt' });
export type PushedPrompt = z.infer<typeof pushedPromptSchema>;

/** `expectedRevision` is what the author saw: 0 where the alias was never set. */
export const setPromptAliasSchema = z
  .strictObject({
    number: z.int().min(1),
    expectedRevision: z.int().min(0),
  })
  .meta({ id: 'SetPromptAlias', examples: [{ number: 3, expectedRevision: 0 }] });
export type SetPromptAlias = z.infer<typeof setPromptAliasSchema>;

/** A name that authors give to a version; what is served follows approvals, not aliases of prompts. */
export const promptAliasSchema = z
  .object({
    name: z.string(),
    alias: z.string(),
    revision: z.number().int(),
    number: z.number().int(),
    author: z.string(),
    at: z.string(),
  })
  .meta({ id: 'PromptAlias' });
export type PromptAliasView = z.infer<typeof promptAliasSchema>;

export const promptAliasListSchema = z.object({ aliases: z.array(promptAliasSchema) }).meta({ id: 'PromptAliasList' });
export type PromptAliasList = z.infer<typeof promptAliasListSchema>;
