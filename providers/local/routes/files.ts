import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { Hono, type Context } from 'hono';
import { badRequest } from '../api-errors.js';
import type { FileStore, StoredFile } from '../store/file-store.js';
import { readExamples } from '../training/examples.js';

const MAXIMUM_NAME_LENGTH = 255;

/** `POST /`, `GET /:id`, `GET /:id/content`. A training file is read through before it is stored. */
export function fileRoutes(files: FileStore): Hono {
  return new Hono()
    .post('/', async (c) => {
      const upload = await readUpload(c);
      for await (const example of readExamples(chunksOf(upload))) void example;
      const id = `file-${randomBytes(12).toString('hex')}`;
      const stored = await files.put({ id, filename: upload.name, purpose: 'fine-tune' }, chunksOf(upload));
      return c.json(fileObject(stored));
    })
    .get('/:id', (c) => c.json(fileObject(files.get(c.req.param('id')))))
    .get('/:id/content', (c) => {
      const file = files.get(c.req.param('id'));
      c.header('content-type', 'application/octet-stream');
      c.header('content-length', String(file.bytes));
      return c.body(Readable.toWeb(Readable.from(files.open(file.id))) as ReadableStream);
    });
}

async function readUpload(c: Context): Promise<File> {
  const form = await c.req.parseBody().catch((): Record<string, string | File> => ({}));
  const { purpose, file } = form;
  if (purpose !== 'fine-tune') {
    throw badRequest("purpose must be 'fine-tune', in a multipart/form-data body.", 'purpose', 'invalid_value');
  }
  if (!(file instanceof File)) throw badRequest('file must be a file.', 'file', 'invalid_value');
  if (file.name.length <= MAXIMUM_NAME_LENGTH) return file;
  throw badRequest(`The file name is longer than ${MAXIMUM_NAME_LENGTH} characters.`, 'file', 'invalid_value');
}

const chunksOf = (upload: File): AsyncIterable<Uint8Array> => upload.stream() as AsyncIterable<Uint8Array>;

const fileObject = ({ id, bytes, createdAt, filename, purpose }: StoredFile) => ({
  id,
  object: 'file',
  bytes,
  created_at: createdAt,
  filename,
  purpose,
  status: 'processed',
});
