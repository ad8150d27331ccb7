import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../server/process/listen.js';
import { hasChromium } from '../support/chromium.js';
import { openConsole, type ConsoleUnderTest } from '../support/console-under-test.js';

describe.skipIf(!hasChromium)('what the page refuses', () => {
  let console: ConsoleUnderTest;
  beforeAll(async () => {
    console = await openConsole();
  }, 120_000);
  afterAll(() => console.close());

  it('attack 9: a link that is only opened decides nothing, signed out it asks who one is and then goes on', async () => {
    const { requestId } = await console.openRequest();
    const before = await console.world.dependencies.approvals.load(requestId);
    for (const method of ['GET', 'HEAD']) {
      const response = await fetch(`${console.url}/approvals/${requestId}?verdict=approve&reason=because-i-say`, {
        method,
      });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toContain('text/html');
      expect(response.headers.getSetCookie()).toEqual([]);
    }
    const after = await console.world.dependencies.approvals.load(requestId);
    expect({ ...after, now: '' }).toEqual({ ...before, now: '' });

    console.asked.length = 0;
    const { page } = await console.openWindow();
    await page.goto(`/approvals/${requestId}`);
    await page.waitForURL(/\/sign-in\?next=/);
    await console.signIn(page, 'leo');
    await page.waitForURL(`**/approvals/${requestId}`);
    await page.getByRole('heading', { name: 'Who must sign' }).waitFor();
    expect(console.asked.filter(({ method }) => method !== 'GET')).toEqual([
      { method: 'POST', path: '/v1/auth/local' },
    ]);
  });

  it('attack 9: forwarded to another person, it says that it is not for them', async () => {
    const { requestId } = await console.openRequest();
    const { page } = await console.signedIn('sam', `/approvals/${requestId}`);
    await page.getByText(`There is no approval request ${requestId}.`).waitFor();
    expect(await page.getByRole('button', { name: /sign$/ }).count()).toBe(0);
  });

  it('attack 10: a page of another site decides nothing for whoever is signed in', async () => {
    const { requestId } = await console.openRequest();
    const { request } = await console.world.dependencies.approvals.load(requestId);
    const { page } = await console.signedIn('ruth', `/approvals/${requestId}`);
    const address = `${console.url}/v1/approvals/${requestId}/decisions`;
    const said = JSON.stringify({ verdict: 'approve', reason: 'as I say so', subjectDigest: request.subjectDigest });
    // Another port of the same host is the same site to a browser, which sends the cookie along.
    const html = `<form method="post" enctype="text/plain" action="${address}"><input name='${said.slice(0, -1)},"x":"' value='"}'></form>`;
    const other = await listen(() => new Response(html, { headers: { 'content-type': 'text/html' } }), {
      host: '127.0.0.1',
      port: 0,
    });
    await page.goto(other.url);
    console.asked.length = 0;
    const tries = `Promise.all(['application/json', 'text/plain', null].map((type) =>
      fetch(${JSON.stringify(address)}, { method: 'POST', credentials: 'include', mode: type === 'application/json' ? 'cors' : 'no-cors',
        headers: type === null ? {} : { 'content-type': type }, body: new Blob([${JSON.stringify(said)}]) }).then((answer) => answer.type, () => 'refused')))`;
    expect(await page.evaluate<string[]>(tries)).toEqual(['refused', 'opaque', 'opaque']);
    const answer = page.waitForResponse(
      (response) => response.url() === address && response.request().isNavigationRequest(),
    );
    await page.evaluate(`document.forms[0].submit()`);
    expect((await answer).status()).toBe(403);
    expect(console.asked.filter(({ method }) => method === 'POST').length).toBe(3);
    expect((await console.world.dependencies.approvals.load(requestId)).decisions).toEqual([]);
    await other.close();
  });

  it('attack 11: no other page shows it in a frame', async () => {
    const { requestId } = await console.openRequest();
    const { page } = await console.openWindow();
    await page.goto('/healthz');
    const refused: string[] = [];
    page.on('console', (message) => refused.push(message.text()));
    await page.route('**/framing', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<iframe src="${console.url}/approvals/${requestId}"></iframe>`,
      }),
    );
    await page.goto('/framing');
    await expect.poll(() => refused.join()).toContain('frame-ancestors');
  });

  it('lets no script run but its own files, and gives each answer another nonce', async () => {
    const policies = await Promise.all(
      ['/', '/'].map(async (path) => (await fetch(console.url + path)).headers.get('content-security-policy') ?? ''),
    );
    const [first = '', second = ''] = policies;
    expect(first).toContain("script-src 'self';");
    expect(first).not.toMatch(/unsafe|\*|data:|https?:/);
    for (const rule of ["frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'"])
      expect(first).toContain(rule);
    expect(first).not.toBe(second);

    const { page } = await console.openWindow();
    await page.goto('/sign-in');
    const ran = await page.evaluate<string>(`(async () => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "owned"';
      document.body.append(script);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return document.title;
    })()`);
    expect(ran).toBe('Sign in · Assay');
  });

  it('keeps files whose name holds their content, never the page, and gives nothing outside of them', async () => {
    const page = await fetch(`${console.url}/`);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    const asset = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? '';
    const script = await fetch(console.url + asset);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('cache-control')).toContain('immutable');
    for (const path of ['/assets/..%2findex.html', '/assets/%2e%2e/%2e%2e/package.json', '/assets/', '/nothing/here'])
      expect((await fetch(console.url + path)).status).toBe(404);
  });
});
