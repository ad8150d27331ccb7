import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, outputFile, seriousFlaws } from '../support/chromium.js';
import { openConsole, type ConsoleUnderTest } from '../support/console-under-test.js';
import { PASSWORD } from '../support/local-account.js';

describe.skipIf(!hasChromium)('acts of their own', () => {
  let console: ConsoleUnderTest;
  beforeAll(async () => {
    console = await openConsole();
  }, 120_000);
  afterAll(() => console.close());

  it('waives a failing check for a purpose until a day, in a dialog that keeps the focus', async () => {
    const { requestId } = await console.openRequest();
    const { page, complaints } = await console.signedIn('leo', `/approvals/${requestId}`);
    await page.getByRole('button', { name: 'Waive this check…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Waive QD3' });
    await dialog.getByRole('button', { name: 'Waive and sign' }).click();
    await dialog.getByText('Write at least 10 characters.').waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
    await page.screenshot({ path: await outputFile('waive-1440.png') });
    await dialog.getByLabel('For which purpose').fill('a trial with our own mail');
    await dialog.getByLabel('Until').fill('2099-01-31');
    await dialog.getByLabel('Your reason').fill('The authors were asked and agreed.');
    for (let steps = 0; steps < 12; steps += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(`document.activeElement.closest('[role="dialog"]') !== null`)).toBe(true);
    }
    await dialog.getByRole('button', { name: 'Waive and sign' }).click();
    await page.getByText('leo waived QD3 as legal').waitFor();
    const { waivers } = await console.world.dependencies.approvals.load(requestId);
    expect(waivers.map(({ principal, question }) => [principal, question])).toEqual([['leo', 'QD3']]);
    expect(complaints).toEqual([]);
  });

  it('asks for a proof of who one is where the last one is old, and then signs what was written', async () => {
    const { requestId } = await console.openRequest({ reauthenticate: '6s' });
    const { page } = await console.signedIn('ruth', `/approvals/${requestId}`);
    const signedInAt = Date.now();
    await page.getByRole('radio', { name: 'Request changes' }).check();
    await page.getByLabel('Your reason').fill('Please look at the agenda mails again.');
    await page.waitForTimeout(Math.max(0, signedInAt + 7_000 - Date.now()));
    await page.getByRole('button', { name: 'Request changes and sign' }).click();
    const dialog = page.getByRole('dialog', { name: 'Prove once more that it is you' });
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('ruth signed as risk: request-changes').waitFor();
    const { decisions } = await console.world.dependencies.approvals.load(requestId);
    expect(decisions.map(({ verdict }) => verdict)).toEqual(['request-changes']);
  });

  it('signs the words that it showed, and takes a decision back', async () => {
    const { requestId } = await console.openRequest();
    const { page } = await console.signedIn('ruth', `/approvals/${requestId}`);
    const shown: string[] = [];
    for (const name of ['Approve', 'Withdraw', 'Abstain']) {
      await page.getByRole('radio', { name }).check();
      await page.getByLabel('Your reason').fill(`${name}, as a test of the words.`);
      shown.push(/“(.*)”/.exec(await page.locator('.meaning').innerText())?.[1] ?? '');
      await page.getByRole('button', { name: `${name} and sign` }).click();
      await page.getByText(`ruth signed as risk: ${name.toLowerCase()}`).waitFor();
    }
    const signed = await page.evaluate<string[]>(
      `fetch('/v1/approvals/${requestId}').then((r) => r.json()).then((a) => a.decisions.map((one) => one.meaning))`,
    );
    expect(signed).toEqual(shown);
  });

  it('lets a device in after a look at what asks', async () => {
    const started = await fetch(`${console.url}/v1/auth/device`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ label: 'assay on <b>build-7</b>', scopes: ['read'] }),
    });
    const { deviceCode, userCode } = (await started.json()) as Record<string, string>;
    const { page, complaints } = await console.signedIn('ada', `/device?code=${userCode}`);
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByText('assay on <b>build-7</b>').waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
    await page.getByRole('button', { name: 'It is mine: let it in' }).click();
    await page.getByText('It is let in').waitFor();
    const token = await fetch(`${console.url}/v1/auth/device/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ deviceCode }),
    });
    expect(await token.json()).toMatchObject({ principal: 'ada', scopes: ['read'] });
    expect(complaints).toEqual([]);
  });
});
