import { z } from 'zod';

/** The JSON Schema of a file as written: defaults and examples stand in it as people write them. */
export const inputJsonSchema = (schema: z.ZodType): z.core.JSONSchema.BaseSchema =>
  z.toJSONSchema(schema, {
    io: 'input',
    // Of a value that is transformed, zod takes its examples and default to be those of the result.
    override: ({ zodSchema, jsonSchema }) => {
      const meta = z.globalRegistry.get(zodSchema);
      if (meta?.['examples'] !== undefined) jsonSchema.examples = meta['examples'] as unknown[];
      if (meta?.['default'] !== undefined) jsonSchema.default = meta['default'];
    },
  });
