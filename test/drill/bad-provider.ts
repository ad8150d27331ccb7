import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the provider does instead of answering; `lost-answer` does what it was asked and says that it failed. */
export type Misbehaviour =
  | 'too-many-requests'
  | 'too-many-requests-with-a-time'
  | 'internal-error'
  | 'html-from-a-proxy'
  | 'cut-off'
  | 'half-a-json'
  | 'error-with-200'
  | 'lost-answer'
  | 'gone';

export const MISBEHAVIOURS: readonly Misbehaviour[] = [
  'too-many-requests',
  'too-many-requests-with-a-time',
  'internal-error',
  'html-from-a-proxy',
  'cut-off',
  'half-a-json',
  'error-with-200',
  'lost-answer',
];

/** What happens to a request: how to misbehave, how to change a good answer, or nothing. */
export type Whim = (asked: { method: string; path: string }) => Misbehaviour | ((body: string) => string) | undefined;

/** A line to the real provider that does to each request what it is told to, before or after the provider hears of it. */
export async function startBadProvider(providerUrl: string, whim: Whim) {
  const upstream = new URL(providerUrl);
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const does = whim({ method: request.method ?? 'GET', path: path.split('?')[0]! });
    if (typeof does === 'string' && does !== 'lost-answer') return misbehave(does, request, response);
    pass(request, upstream, (status, headers, body) => {
      if (does === 'lost-answer') return answer(response, 500, JSON.stringify({ error: { message: 'try again' } }));
      const text = typeof does === 'function' ? Buffer.from(does(body.toString('utf8'))) : body;
      const { 'content-length': _length, 'transfer-encoding': _encoding, ...rest } = headers;
      response.writeHead(status, { ...rest, 'content-length': text.byteLength }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pass(
  request: IncomingMessage,
  upstream: URL,
  use: (status: number, headers: IncomingMessage['headers'], body: Buffer) => void,
): void {
  const { host: _host, ...headers } = request.headers;
  const { hostname, port } = upstream;
  const asked = forward({ hostname, port, method: request.method, path: request.url, headers }, (from) => {
    const chunks: Buffer[] = [];
    from.on('data', (chunk: Buffer) => chunks.push(chunk));
    from.on('end', () => use(from.statusCode ?? 500, from.headers, Buffer.concat(chunks)));
  });
  asked.on('error', () => request.socket.destroy());
  request.pipe(asked);
}

const answer = (response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);

function misbehave(
  how: Exclude<Misbehaviour, 'lost-answer'>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  request.resume();
  switch (how) {
    case 'too-many-requests':
      return answer(response, 429, JSON.stringify({ error: { message: 'slow down' } }));
    case 'too-many-requests-with-a-time':
      return answer(response, 429, JSON.stringify({ error: { message: 'slow down' } }), { 'retry-after': '1' });
    case 'internal-error':
      return answer(response, 500, JSON.stringify({ error: { message: 'try again' } }));
    case 'html-from-a-proxy':
      return answer(response, 502, '<html><body>Bad gateway</body></html>', { 'content-type': 'text/html' });
    case 'cut-off':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' }).write('{"id": "');
      return void setTimeout(() => request.socket.destroy(), 20);
    case 'half-a-json':
      return answer(response, 200, '{"id": "ftjob-1", "status": "succ');
    case 'error-with-200':
      return answer(response, 200, JSON.stringify({ error: { message: 'overloaded', code: 'overloaded' } }));
    case 'gone':
      return answer(response, 404, JSON.stringify({ error: { message: 'no such job' } }));
    default:
      return how satisfies never;
  }
}
