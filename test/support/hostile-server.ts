import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface SeenRequest {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export type Reaction = (request: SeenRequest, response: ServerResponse) => void;

export interface HostileServer {
  baseUrl: string;
  seen: SeenRequest[];
  close(): Promise<void>;
}

/** A server that does to each request what the test says. */
export async function startHostileServer(react: Reaction): Promise<HostileServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const arrived = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
      seen.push(arrived);
      react(arrived, response);
    });
  });
  let closing: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    seen,
    close: () => (closing ??= end()),
  };
}

/** One for the test that runs: closed when that has ended, if not before. */
export async function hostileServer(react: Reaction): Promise<HostileServer> {
  const server = await startHostileServer(react);
  onTestFinished(() => server.close());
  return server;
}

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reaction =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };

/** An error in OpenAI's shape. */
export const refusal = (status: number, message: string, headers?: Record<string, string>): Reaction =>
  json(status, { error: { message, type: 'error', param: null, code: null } }, headers);

/** A text under a content type of its own choosing. */
export const text =
  (status: number, contentType: string, body: string): Reaction =>
  (_, response) => {
    response.writeHead(status, { 'content-type': contentType }).end(body);
  };

/** Promises more bytes than it sends, then breaks the connection. */
export const cutBody =
  (body: string): Reaction =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(body.length + 100) });
    response.write(body, () => response.destroy());
  };

/** Sends headers and the first bytes, then nothing for ever. */
export const stalledBody =
  (start: string): Reaction =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(start);
  };
