import { z } from 'zod';
import { digestField } from './fields.js';

export const versionViewSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    number: z.number().int(),
    runId: z.string(),
    baseModel: z.string(),
    provider: z.string(),
    /** The provider's name for it: the provider's word. */
    providerModel: z.string(),
    weights: digestField.nullable(),
    evidence: digestField,
    registeredAt: z.string(),
    /** Where it is live, with its share of the traffic. */
    live: z.array(z.object({ alias: z.string(), weight: z.number(), isChampion: z.boolean() })),
  })
  .meta({ id: 'ModelVersion' });
export type VersionView = z.infer<typeof versionViewSchema>;

export const modelListSchema = z.object({ versions: z.array(versionViewSchema) }).meta({ id: 'ModelList' });
export type ModelList = z.infer<typeof modelListSchema>;

const routesSchema = z.array(z.object({ versionId: z.string(), weight: z.number() }));

/** Where an alias points, and how it came there, latest move first. */
export const aliasViewSchema = z
  .object({
    alias: z.string(),
    revision: z.number().int(),
    routes: routesSchema,
    champion: z.string().nullable(),
    moves: z.array(
      z.object({
        revision: z.number().int(),
        routes: routesSchema,
        champion: z.string().nullable(),
        runId: z.string(),
        requestId: z.string(),
        reason: z.string(),
        at: z.string(),
      }),
    ),
  })
  .meta({ id: 'Alias' });
export type AliasView = z.infer<typeof aliasViewSchema>;
