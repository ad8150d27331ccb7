import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPayloadCodec } from '../../providers/temporal/payload-codec.js';
import { readPayloadKeys } from '../../workers/data-converter.js';

const older = { id: 'key-2025', bytes: randomBytes(32) };
const newer = { id: 'key-2026', bytes: randomBytes(32) };
const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const textOf = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? '').toString('utf8');

describe('the payload codec', () => {
  it('gives back what it was given, for any value', async () => {
    const codec = createPayloadCodec([newer]);
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const [decoded] = await codec.decode(await codec.encode([payloadOf(value)]));
        expect(defaultPayloadConverter.fromPayload(decoded!)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 50 },
    );
  });

  it('leaves nothing to read but the name of the key, and never the same bytes twice', async () => {
    const codec = createPayloadCodec([newer, older]);
    const [one, two] = await codec.encode([payloadOf('canary'), payloadOf('canary')]);
    expect(textOf(one!.data)).not.toContain('canary');
    expect(Object.entries(one!.metadata ?? {}).map(([name, value]) => [name, textOf(value)])).toEqual([
      ['encoding', 'binary/encrypted'],
      ['encryption-key-id', 'key-2026'],
    ]);
    expect(Buffer.from(one!.data!).equals(Buffer.from(two!.data!))).toBe(false);
  });

  it('decrypts with whichever key a payload names, and passes what never was encrypted', async () => {
    const old = await createPayloadCodec([older]).encode([payloadOf('from last year')]);
    const plain = payloadOf('from before');
    const decoded = await createPayloadCodec([newer, older]).decode([...old, plain]);
    expect(decoded.map((payload) => defaultPayloadConverter.fromPayload(payload))).toEqual([
      'from last year',
      'from before',
    ]);
  });

  it.each([[[newer]], [[]]])('stops where the key is missing, and names it', async (keys) => {
    const old = await createPayloadCodec([older]).encode([payloadOf('canary')]);
    await expect(createPayloadCodec(keys).decode(old)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining("encrypted with the key 'key-2025', which this process does not have"),
    });
  });

  it('refuses altered data, a short rest, and another key of the same name', async () => {
    const [encoded] = await createPayloadCodec([newer]).encode([payloadOf('canary')]);
    const altered = Buffer.from(encoded!.data!);
    altered[20]! ^= 1;
    const impostor = { id: newer.id, bytes: randomBytes(32) };
    for (const [keys, data] of [
      [[newer], altered],
      [[newer], altered.subarray(0, 10)],
      [[impostor], encoded!.data!],
    ] as const) {
      const decoding = createPayloadCodec(keys).decode([{ ...encoded, data }]);
      await expect(decoding).rejects.toMatchObject({ code: 'ARTIFACT', details: { keyId: 'key-2026' } });
    }
  });

  it('takes keys of 32 bytes in base64 only, and repeats none', async () => {
    const secrets = { resolve: async (text: string) => text, renew: async (text: string) => text, mask: String };
    const good = older.bytes.toString('base64');
    expect(await readPayloadKeys([{ id: 'a', key: good }], secrets)).toEqual([{ id: 'a', bytes: older.bytes }]);
    for (const key of ['c2hvcnQ=', 'hunter2', good.slice(1), older.bytes.toString('hex')]) {
      await expect(readPayloadKeys([{ id: 'a', key }], secrets)).rejects.toThrow(
        "The payload key 'a' is not 32 bytes in base64. Make one with: openssl rand -base64 32",
      );
    }
  });
});
