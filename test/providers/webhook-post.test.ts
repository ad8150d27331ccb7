import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { isAllowedAddress } from '../../providers/webhooks/allowed-address.js';
import { createWebhookPost, type WebhookPostOptions } from '../../providers/webhooks/post-webhook.js';

const never = new AbortController().signal;

describe('posting a webhook', () => {
  const servers: Server[] = [];
  let asked = 0;
  afterEach(() => {
    asked = 0;
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  /** A server on loopback; its port. */
  async function serve(answer: RequestListener): Promise<number> {
    const server = createServer((request, response) => {
      asked += 1;
      answer(request, response);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  const post = (url: string, options: Partial<WebhookPostOptions> = {}) =>
    createWebhookPost({ allowLocal: false, ...options })({
      url,
      headers: { 'webhook-id': 'm-1' },
      body: '{}',
      signal: never,
    });

  it.each([
    'https://127.0.0.1',
    'https://[::1]',
    'https://[::ffff:7f00:1]',
    'https://0.0.0.0',
    'https://2130706433',
    'https://0x7f.1',
    'https://169.254.169.254',
    'https://[64:ff9b::7f00:1]',
    'https://10.0.0.1',
    'https://100.64.0.1',
    'https://[fd00::1]',
    'https://localhost',
    'http://93.184.216.34',
    'file:///etc/passwd',
    'gopher://127.0.0.1',
    'https://a@127.0.0.1',
    'https://example.com@127.0.0.1',
    'not an address',
  ])('asks nobody at %s', async (address) => {
    const port = await serve((_request, response) => response.end());
    const url = URL.canParse(address) ? Object.assign(new URL(address), { port: String(port) }).href : address;
    await expect(post(url)).rejects.toMatchObject({ code: 'INVALID_INPUT', message: /^The webhook was not asked: / });
    expect(asked).toBe(0);
  });

  it('asks nobody where a name has any address that is not public, and looks it up once', async () => {
    let lookUps = 0;
    const lookUp = ((_name: string, _options: object, callback: (...answer: unknown[]) => void) => {
      lookUps += 1;
      callback(null, [
        { address: '93.184.216.34', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    }) as unknown as NonNullable<WebhookPostOptions['lookUp']>;
    await expect(post('https://rebind.example.com', { lookUp })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(lookUps).toBe(1);
  });

  it('keeps the metadata of clouds closed, also to operators', () => {
    expect(['127.0.0.1', '10.1.2.3', 'fd00::1', '::ffff:192.168.0.1'].every((ip) => isAllowedAddress(ip, true))).toBe(
      true,
    );
    expect(['169.254.169.254', 'fe80::1', '224.0.0.1', '0.0.0.0'].some((ip) => isAllowedAddress(ip, true))).toBe(false);
    expect(isAllowedAddress('93.184.216.34', false)).toBe(true);
  });

  it('sends what it was given where an operator allows own networks', async () => {
    const seen: unknown[] = [];
    const port = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => seen.push(request.method, request.headers['webhook-id'], chunk.toString()));
      request.on('end', () => response.writeHead(204).end());
    });
    await expect(post(`http://localhost:${port}/hook`, { allowLocal: true })).resolves.toEqual({ status: 204 });
    expect(seen).toEqual(['POST', 'm-1', '{}']);
  });

  it('follows no redirect', async () => {
    const port = await serve((_request, response) => response.writeHead(302, { location: '/other' }).end());
    await expect(post(`http://127.0.0.1:${port}`, { allowLocal: true })).resolves.toMatchObject({ status: 302 });
    expect(asked).toBe(1);
  });

  it('reads no endless answer, and hears when to come back', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(503, { 'retry-after': '7' });
      const writing = setInterval(() => response.write('x'.repeat(65_536)), 1);
      response.on('close', () => clearInterval(writing));
    });
    const reply = await post(`http://127.0.0.1:${port}`, { allowLocal: true });
    expect(reply).toEqual({ status: 503, retryAfterMilliseconds: 7000 });
  });

  it('does not wait for who says nothing, and says who is not there', async () => {
    const port = await serve(() => undefined);
    const silent = post(`http://127.0.0.1:${port}/token-in-path`, { allowLocal: true, timeoutMilliseconds: 100 });
    await expect(silent).rejects.toMatchObject({ code: 'PROVIDER', message: 'It did not answer within 100 ms.' });
    const nobody = post('http://127.0.0.1:1/token-in-path', { allowLocal: true });
    await expect(nobody).rejects.toMatchObject({ code: 'PROVIDER', message: 'It could not be asked (ECONNREFUSED).' });
  });
});
