import { z } from 'zod';

/** A JSON Schema (2020-12), as OpenAPI 3.1 takes it. */
export type JsonSchema = Record<string, unknown>;

/** Collects schemas by name, so that a document holds each once. */
export interface Components {
  /** What to write where the schema is used. @throws TypeError where it, or another schema of its name, cannot stand */
  refer(schema: z.ZodType, use: { as: 'asked' | 'answered'; where: string }): JsonSchema;
  /** All that was referred to, by name. */
  readonly schemas: Record<string, JsonSchema>;
}

export function createComponents(): Components {
  const schemas: Record<string, JsonSchema> = {};
  return {
    schemas,
    refer(schema, { as, where }) {
      const id = z.globalRegistry.get(schema)?.id;
      if (id === undefined) throw new TypeError(`${where} has no name: give its schema .meta({ id: '…' }).`);
      for (const [name, component] of Object.entries(definitionsOf(schema, as))) {
        const known = (schemas[name] ??= component);
        if (JSON.stringify(known) !== JSON.stringify(component))
          throw new TypeError(`${where}: two schemas have the name ${name}. Give one of them another .meta({ id }).`);
      }
      return { $ref: `#/components/schemas/${id}` };
    },
  };
}

/** A schema and the named ones in it. Answers may gain fields in later versions: nobody should refuse those. */
function definitionsOf(schema: z.ZodType, as: 'asked' | 'answered'): Record<string, JsonSchema> {
  // As part of a list it becomes a definition like those inside it.
  const { $defs = {} } = z.toJSONSchema(z.array(schema), {
    io: as === 'asked' ? 'input' : 'output',
    override: ({ jsonSchema }) => {
      if (as === 'answered' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  const text = JSON.stringify($defs).replaceAll('"#/$defs/', '"#/components/schemas/');
  const definitions = JSON.parse(text) as Record<string, JsonSchema>;
  for (const definition of Object.values(definitions)) delete definition['id'];
  return definitions;
}
