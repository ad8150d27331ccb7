import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckpointCopy } from '../../domain/ports/checkpoint-copies.js';
import { createFolderCopies } from '../../providers/checkpoints/folder.js';
import { createS3Copies } from '../../providers/checkpoints/s3.js';
import { createSecrets } from '../../providers/secrets/secrets.js';
import { startHostileServer, type SeenRequest } from '../support/hostile-server.js';

const copy: CheckpointCopy = { origin: 'assay/x', size: 120, note: 'assay/x\n120\nroot\n\n\u2014 assay/x c2ln\n' };
const fork = { ...copy, note: copy.note.replace('root', 'toor') };
const DAY = 86_400_000;
const NOW = Date.parse('2026-03-03T12:00:00Z');

describe('copies of checkpoints in a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-copies-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const names = () => readdir(join(folder, 'assay%2Fx'));

  it('stand whole under names that sort as the log grew', async () => {
    const copies = createFolderCopies(folder);
    for (const size of [1000, 9, 120]) await copies.put({ ...copy, size });
    expect((await names()).toSorted()).toEqual(['000000000009.note', '000000000120.note', '000000001000.note']);
    expect(await readFile(join(folder, 'assay%2Fx', '000000000120.note'), 'utf8')).toBe(copy.note);
  });

  it('are made once, also by many at the same time, and never overwritten', async () => {
    const copies = createFolderCopies(folder);
    await Promise.all(Array.from({ length: 10 }, () => copies.put(copy)));
    await expect(copies.put(fork)).rejects.toMatchObject({ code: 'ARTIFACT' });
    expect(await readFile(join(folder, 'assay%2Fx', '000000000120.note'), 'utf8')).toBe(copy.note);
    expect(await names()).toEqual(['000000000120.note']);
  });

  it('fail as a service does where the folder cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    const copies = createFolderCopies(join(folder, 'file'));
    await expect(copies.put(copy)).rejects.toMatchObject({ code: 'PROVIDER', details: { retryable: true } });
  });
});

/** What a bucket with object lock does: asks for a checksum, keeps, refuses to overwrite. */
function lockedBucket() {
  const objects = new Map<string, { body: string; mode: string; until: string }>();
  const problem = (code: string): string =>
    `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`;
  const answer = ({ method, path, headers, body }: SeenRequest): { status: number; body: string } => {
    const key = decodeURIComponent(new URL(path, 'http://s3').pathname);
    const kept = objects.get(key);
    if (method === 'GET')
      return kept === undefined ? { status: 404, body: problem('NoSuchKey') } : { status: 200, body: kept.body };
    const digest = createHash('sha256').update(body).digest('base64');
    const mode = headers['x-amz-object-lock-mode'];
    const until = headers['x-amz-object-lock-retain-until-date'];
    if (headers['if-none-match'] !== '*' || typeof mode !== 'string' || typeof until !== 'string')
      return { status: 400, body: problem('InvalidRequest') };
    if (headers['x-amz-checksum-sha256'] !== digest) return { status: 400, body: problem('BadDigest') };
    if (!String(headers['authorization']).startsWith('AWS4-HMAC-SHA256 Credential=the-id/'))
      return { status: 403, body: problem('AccessDenied') };
    if (kept !== undefined) return { status: 412, body: problem('PreconditionFailed') };
    objects.set(key, { body, mode, until });
    return { status: 200, body: '' };
  };
  return { objects, answer };
}

describe('copies of checkpoints in a bucket with object lock', () => {
  const secrets = (values: Record<string, string>) =>
    createSecrets({ sources: { test: { place: (name) => name, read: async (name) => values[name] } } });
  const target = (endpoint: string) => ({
    bucket: 'worm',
    region: 'eu-central-1',
    endpoint,
    prefix: 'audit/',
    retentionDays: 3650,
    keys: { id: '${secret:s3-id}', secret: '${secret:s3-secret}' },
  });

  async function open(values: Record<string, string> = { 's3-id': 'the-id', 's3-secret': 'the-secret' }) {
    const bucket = lockedBucket();
    const server = await startHostileServer((request, response) => {
      const { status, body } = bucket.answer(request);
      response.writeHead(status, { 'content-type': status === 200 ? 'text/plain' : 'application/xml' }).end(body);
    });
    const options = { secrets: secrets(values), clock: () => NOW };
    const copies = createS3Copies(target(new URL(server.baseUrl).origin), options);
    return { copies, bucket, server };
  }

  it('are locked until their time, with a checksum, and only where there is none', async () => {
    const { copies, bucket, server } = await open();
    await copies.put(copy);
    await copies.put(copy);
    const until = new Date(NOW + 3650 * DAY).toISOString();
    const [[key, kept] = []] = bucket.objects;
    expect(key).toBe('/worm/audit/assay%2Fx/000000000120.note');
    expect(kept).toMatchObject({ body: copy.note, mode: 'COMPLIANCE' });
    expect(Date.parse(kept?.until ?? '')).toBe(Date.parse(until));
    await server.close();
  });

  it('are never overwritten: another note of the same size is a fork', async () => {
    const { copies, bucket, server } = await open();
    await copies.put(copy);
    await expect(copies.put(fork)).rejects.toMatchObject({
      code: 'ARTIFACT',
      message: expect.stringContaining('size 120'),
    });
    expect([...bucket.objects.values()][0]?.body).toBe(copy.note);
    await server.close();
  });

  it('say what the bucket refuses, without a secret in it', async () => {
    const { copies, server } = await open({ 's3-id': 'other-id', 's3-secret': 'the-secret' });
    const refused = copies.put(copy);
    await expect(refused).rejects.toMatchObject({ code: 'PROVIDER', details: { status: 403, retryable: true } });
    await expect(refused).rejects.not.toThrow('the-secret');
    await server.close();
    await expect(copies.put(copy)).rejects.toMatchObject({ code: 'PROVIDER' });
  });
});
