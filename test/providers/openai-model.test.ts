import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createOpenAiModel } from '../../providers/openai/model.js';
import {
  cutBody,
  json,
  refusal,
  stalledBody,
  hostileServer,
  text,
  type HostileServer,
  type Reaction,
} from '../support/hostile-server.js';

let server: HostileServer;

const request = { model: 'm', messages: [{ role: 'user' as const, content: 'hello' }] };
const answer = {
  model: 'm-2025',
  choices: [{ message: { role: 'assistant', content: 'spam' } }],
  usage: { prompt_tokens: 3, completion_tokens: 1 },
};

async function modelBehind(react: Reaction, timeoutMilliseconds = 5000) {
  server = await hostileServer(react);
  return createOpenAiModel({ baseUrl: server.baseUrl, apiKey: 'k', timeoutMilliseconds });
}

describe('asking a model', () => {
  it('sends what was asked and reads what came', async () => {
    const model = await modelBehind(json(200, { ...answer, unheard: { of: true } }));
    const said = await model.chat({ ...request, maxTokens: 5, temperature: 0, seed: 9 });
    expect(said).toEqual({ model: 'm-2025', content: 'spam', promptTokens: 3, completionTokens: 1 });
    expect(server.seen[0]).toMatchObject({ path: '/v1/chat/completions', headers: { authorization: 'Bearer k' } });
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({ ...request, max_tokens: 5, temperature: 0, seed: 9 });
  });

  it('reads an answer that says neither model nor usage', async () => {
    const model = await modelBehind(json(200, { choices: answer.choices }));
    expect(await model.chat(request)).toEqual({ model: 'm', content: 'spam', promptTokens: 0, completionTokens: 0 });
  });

  it('lists the models', async () => {
    const model = await modelBehind(json(200, { data: [{ id: 'a' }, { id: 'b' }] }));
    expect(await model.list()).toEqual(['a', 'b']);
  });
});

describe('a provider in trouble', () => {
  it.each<[string, Reaction, Record<string, unknown>]>([
    ['429 with seconds', refusal(429, 'slow', { 'retry-after': '7' }), { status: 429, retryAfterMilliseconds: 7000 }],
    ['429 with ms', refusal(429, 'slow', { 'retry-after-ms': '250' }), { status: 429, retryAfterMilliseconds: 250 }],
    ['408', refusal(408, 'late'), { status: 408 }],
    ['409', refusal(409, 'locked'), { status: 409 }],
    ['500', refusal(500, 'broken'), { status: 500 }],
    ['502 with HTML', text(502, 'text/html', '<html><body>Bad Gateway</body></html>'), { status: 502 }],
    ['200 with HTML', text(200, 'text/html', '<html>Welcome</html>'), {}],
    ['200 with half a JSON', text(200, 'application/json', '{"choices":[{"mess'), {}],
    ['200 with nothing', text(200, 'application/json', ''), {}],
    ['200 with an error in the body', json(200, { error: { message: 'overloaded' } }), {}],
    ['200 with no choice', json(200, { choices: [] }), {}],
    ['a body that is cut', cutBody('{"choices":['), {}],
    ['a connection that is broken', (_, response) => response.destroy(), {}],
  ])('is asked again later: %s', async (_, react, details) => {
    const model = await modelBehind(react);
    const asked = model.chat(request);
    await expect(asked).rejects.toMatchObject({ code: 'PROVIDER', details: { retryable: true, ...details } });
    expect(server.seen).toHaveLength(1);
  });

  it('gives a Retry-After that is a date as the time from now', async () => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    const model = await modelBehind(refusal(503, 'later', { 'retry-after': date }));
    const error = await model.chat(request).catch((error: unknown) => error);
    const { details } = error as { details: { retryAfterMilliseconds: number } };
    expect(details.retryAfterMilliseconds).toBeGreaterThan(50_000);
    expect(details.retryAfterMilliseconds).toBeLessThanOrEqual(60_000);
  });

  it.each([400, 401, 403, 404, 422])('is not asked again after %i', async (status) => {
    const model = await modelBehind(refusal(status, 'no'));
    await expect(model.chat(request)).rejects.toMatchObject({
      code: 'PROVIDER',
      details: { status, retryable: false },
    });
  });

  it('does not follow a redirect, which would carry the data elsewhere', async () => {
    const model = await modelBehind((_, response) => {
      response.writeHead(307, { location: '/v1/elsewhere' }).end();
    });
    await expect(model.chat(request)).rejects.toMatchObject({ details: { status: 307, retryable: false } });
    expect(server.seen.map(({ path }) => path)).toEqual(['/v1/chat/completions']);
  });

  it('is asked again when nobody listens there', async () => {
    const model = await modelBehind(json(200, answer));
    await server.close();
    await expect(model.chat(request)).rejects.toMatchObject({ code: 'PROVIDER', details: { retryable: true } });
  });

  it('does not lead its words, colours and keys into our messages', async () => {
    const model = await modelBehind(
      refusal(400, `\u001b[31mbad key sk-abc123\nfake log line: ann@example.com wrote ${'x'.repeat(5000)}`),
    );
    const error = (await model.chat(request).catch((error: unknown) => error)) as Error;
    expect(error.message).not.toMatch(/\u001b|\n|abc123|ann@/);
    expect(error.message.length).toBeLessThan(400);
  });
});

describe('an answer without an end', () => {
  const endless = (status: number) => (_: unknown, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(1024 * 1024)));
    };
    response.on('drain', more);
    more();
  };

  it('is cut off long before the time is up', async () => {
    await expect((await modelBehind(endless(200))).chat(request)).rejects.toThrow(/larger than \d+ bytes/);
  });

  it('is read no further than its beginning where it is an error', async () => {
    await expect((await modelBehind(endless(400))).chat(request)).rejects.toMatchObject({ details: { status: 400 } });
  });
});

describe('patience', () => {
  it('ends when a body drips on beyond the time-out', async () => {
    const model = await modelBehind(stalledBody('{"choices":'), 200);
    await expect(model.chat(request)).rejects.toMatchObject({ code: 'PROVIDER', details: { retryable: true } });
    await expect(model.chat(request)).rejects.toThrow(/within 200 ms/);
  });

  it('ends with the reason of the abort, as it is, before and in the middle of the answer', async () => {
    const model = await modelBehind(stalledBody('{"choices":'));
    const reason = new Error('the activity was cancelled');
    const controller = new AbortController();
    const asked = model.chat(request, controller.signal);
    setTimeout(() => controller.abort(reason), 100);
    await expect(asked).rejects.toBe(reason);
    await expect(model.chat(request, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(server.seen).toHaveLength(1);
  });
});
