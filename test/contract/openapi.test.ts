import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import openapiTS, { astToString } from 'openapi-typescript';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { API_VERSION, apiDocument } from '../../server/api/openapi/api-document.js';
import { openApiDocument } from '../../server/api/openapi/document.js';
import type { Route } from '../../server/api/route.js';
import { ROUTES } from '../../server/api/routes/index.js';

const GENERATED =
  '/** Generated from the OpenAPI document by `npx vitest run --project contract -u test/contract/openapi.test.ts`. */\n';
const operations = Object.values(apiDocument.paths).flatMap((item) => Object.values(item));

describe('the OpenAPI document', () => {
  it('is committed as the table of routes gives it', async () => {
    await expect(`${JSON.stringify(apiDocument, null, 2)}\n`).toMatchFileSnapshot('../../server/api/openapi.json');
  });

  it('is what the types of the client are generated from', async () => {
    const types = astToString(await openapiTS(structuredClone(apiDocument) as never, { alphabetize: true }));
    await expect(GENERATED + types).toMatchFileSnapshot('../../server/client/openapi-types.ts');
  });

  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(apiDocument));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it('has the version of the package', async () => {
    const manifest = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    expect(API_VERSION).toBe(manifest.version);
  });

  it('names every operation once, and each says what can go wrong', () => {
    expect(operations).toHaveLength(ROUTES.length);
    expect(new Set(ROUTES.map(({ operationId }) => operationId)).size).toBe(ROUTES.length);
    for (const { summary, responses } of operations) {
      expect(summary).toMatch(/^[A-Z].*[^.]$/);
      expect(Object.keys(responses as object)).toEqual(expect.arrayContaining(['401', '422', 'default']));
    }
  });

  it('shows an example of every body that it takes', () => {
    const { schemas } = apiDocument['components'] as { schemas: Record<string, { examples?: unknown[] }> };
    const bodies = operations.flatMap(({ requestBody }) =>
      requestBody === undefined ? [] : [JSON.stringify(requestBody)],
    );
    for (const body of bodies) {
      const name = /schemas\/(\w+)/.exec(body)?.[1] ?? '';
      expect(schemas[name]?.examples, name).toHaveLength(1);
    }
  });

  it('refuses schemas without a name, and a name that would stand for two', () => {
    const route = (body: z.ZodType, schema: z.ZodType): Route => ({
      ...ROUTES[0]!,
      request: { body },
      answers: { 200: { description: 'x', schema } },
    });
    const named = z.object({ x: z.string().default('x') }).meta({ id: 'Both' });
    expect(() => openApiDocument([route(named, z.object({}))], '1')).toThrow(/the answer 200 of whoami has no name/);
    expect(() => openApiDocument([route(named, named)], '1')).toThrow(/two schemas have the name Both/);
  });
});
