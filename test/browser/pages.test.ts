import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, outputFile, seriousFlaws, tabTo, widerThanWindow } from '../support/chromium.js';
import { openConsole, type ConsoleUnderTest } from '../support/console-under-test.js';

const PAGES = [
  ['inbox', '/', 'All that is open'],
  ['audit', '/audit', 'Entries'],
  ['account', '/account', 'Sessions'],
] as const;

describe.skipIf(!hasChromium)('the other pages', () => {
  let console: ConsoleUnderTest;
  beforeAll(async () => {
    console = await openConsole();
    await console.openRequest();
    await console.openRequest();
    await console.chain();
  }, 120_000);
  afterAll(() => console.close());

  it.each(PAGES)(
    '%s: nothing that axe calls serious, no scrolling sideways, nothing that the browser refuses',
    async (name, path, heading) => {
      for (const [scheme, width] of [
        ['light', 1440],
        ['dark', 360],
      ] as const) {
        const { page, complaints } = await console.signedIn('ada', path, { scheme, width });
        await page.getByRole('heading', { name: heading }).waitFor();
        await page.waitForLoadState('load');
        expect(await seriousFlaws(page)).toEqual([]);
        expect(await widerThanWindow(page)).toEqual([]);
        expect(complaints).toEqual([]);
        await page.screenshot({ path: await outputFile(`${name}-${width}-${scheme}.png`), fullPage: true });
      }
    },
  );

  it('signs in by keyboard, with nothing serious on the page, and tells a wrong password', async () => {
    const { page } = await console.openWindow({ width: 360 });
    await page.goto('/sign-in');
    const form = page.locator('form').first();
    const password = form.getByLabel('Password', { exact: true });
    await form.getByLabel('Account').fill('ruth');
    await password.fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByText('Account or password is not right.').waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
    expect(await widerThanWindow(page)).toEqual([]);
    await password.fill('correct horse battery staple');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto('/');
    await page.waitForURL(/\/sign-in/);
  });

  it('lists what waits for the viewer before what waits for others, and opens it by keyboard', async () => {
    const { page } = await console.signedIn('ruth', '/');
    const mine = page.getByRole('region', { name: /Waiting for you/ });
    await expect.poll(() => mine.getByRole('link').count()).toBe(2);
    const ada = await console.signedIn('ada', '/');
    await ada.page.getByText('Nothing waits for you.').waitFor();
    await ada.page
      .getByText(/Not for you:/)
      .first()
      .waitFor();
    const title = (await mine.getByRole('link').first().textContent()) ?? '';
    await tabTo(page, title);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Decide' }).waitFor();
  });

  it('recomputes the audit log in the browser, and names an entry that was altered', async () => {
    const { page } = await console.signedIn('ada', '/audit');
    await console.chain();
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText(/All \d+ entries are those of the signed checkpoint\./).waitFor();
    await page.getByText('Its signature is by the key that this server names.').waitFor();
    await page.route('**/v1/audit?*', async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as { entries: { leafIndex: number; event: { actor: string } | null }[] };
      const third = body.entries.find(({ leafIndex }) => leafIndex === 3);
      if (third?.event) third.event.actor = 'somebody-else';
      await route.fulfill({ response, json: body });
    });
    await page.getByRole('button', { name: 'Verify' }).click();
    await page
      .getByText(/Entry 3 was altered|does not verify/)
      .first()
      .waitFor();
  });

  it('makes a token that is shown once, works, and is revoked', async () => {
    const { page } = await console.signedIn('ada', '/account');
    await page.getByLabel('What it is for').fill('laptop');
    await page.getByRole('button', { name: 'Make the token' }).click();
    const token = (await page.locator('.bound-digest code').textContent()) ?? '';
    expect(token).toMatch(/^assay_/);
    const ask = () => fetch(`${console.url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask()).status).toBe(200);
    await page.getByRole('button', { name: 'Revoke laptop' }).click();
    await expect.poll(async () => (await ask()).status).toBe(401);
  });
});
