import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, outputFile, seriousFlaws, tabTo, widerThanWindow } from '../support/chromium.js';
import { openConsole, type ConsoleUnderTest } from '../support/console-under-test.js';

describe.skipIf(!hasChromium)('the page of a request', () => {
  let console: ConsoleUnderTest;
  beforeAll(async () => {
    console = await openConsole();
  }, 120_000);
  afterAll(() => console.close());

  const decisionsOf = async (requestId: string) =>
    (await console.world.dependencies.approvals.load(requestId)).decisions.map(({ principal, role, verdict }) => ({
      principal,
      role,
      verdict,
    }));

  it('is decided by keyboard alone', async () => {
    const { requestId } = await console.openRequest();
    const { page, complaints } = await console.signedIn('ruth', `/approvals/${requestId}`);
    await page.getByRole('heading', { name: 'Decide' }).waitFor();
    await tabTo(page, 'approve');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Better than what serves, on every label.');
    await tabTo(page, 'Approve and sign');
    await page.keyboard.press('Enter');
    await page.getByText('ruth signed as risk: approve').waitFor();
    expect(await decisionsOf(requestId)).toEqual([{ principal: 'ruth', role: 'risk', verdict: 'approve' }]);
    expect(complaints).toEqual([]);
  });

  it('takes no decision without a reason, and says what is wrong beside the field', async () => {
    const { requestId } = await console.openRequest();
    const { page } = await console.signedIn('ruth', `/approvals/${requestId}`);
    await page.getByRole('radio', { name: 'Reject' }).check();
    const reason = page.getByLabel('Your reason');
    await reason.fill('too short');
    await page.getByRole('button', { name: 'Reject and sign' }).click();
    await page.getByText('Write at least 10 characters.').waitFor();
    expect(await reason.getAttribute('aria-invalid')).toBe('true');
    expect(await reason.and(page.locator(':focus')).count()).toBe(1);
    expect(await decisionsOf(requestId)).toEqual([]);
    await reason.fill('The regressions on invoices are too many.');
    await page.getByRole('button', { name: 'Reject and sign' }).click();
    await page.getByText('ruth signed as risk: reject').waitFor();
    expect(await decisionsOf(requestId)).toEqual([{ principal: 'ruth', role: 'risk', verdict: 'reject' }]);
  });

  it('tells the requester why they cannot sign, and shows them no form', async () => {
    const { requestId } = await console.openRequest();
    const { page } = await console.signedIn('ada', `/approvals/${requestId}`);
    await page.getByText('four eyes').waitFor();
    expect(await page.getByRole('heading', { name: 'Decide' }).count()).toBe(0);
  });

  it.each(['light', 'dark'] as const)('has nothing that axe calls serious, in %s', async (scheme) => {
    const { requestId } = await console.openRequest();
    const { page } = await console.signedIn('ruth', `/approvals/${requestId}`, { scheme });
    await page.getByRole('heading', { name: 'Decide' }).waitFor();
    await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
    expect(await seriousFlaws(page)).toEqual([]);
    await page.screenshot({ path: await outputFile(`request-1440-${scheme}.png`), fullPage: true });
  });

  it.each([
    ['a phone', 360, 740, 2],
    ['a wall', 3840, 2160, 1],
  ])('fits %s', async (_, width, height, scale) => {
    const { requestId } = await console.openRequest();
    const { page } = await console.signedIn('ruth', `/approvals/${requestId}`, { width, height, scale });
    await page.getByRole('heading', { name: 'Decide' }).waitFor();
    await page.getByRole('heading', { name: 'Worst regressions' }).waitFor();
    expect(await widerThanWindow(page)).toEqual([]);
    await page.screenshot({ path: await outputFile(`request-${width}.png`), fullPage: true });
  });

  it('prints to a document in which everything stands open', async () => {
    const { requestId } = await console.openRequest();
    const { page } = await console.signedIn('ruth', `/approvals/${requestId}`);
    await page.getByRole('heading', { name: 'Decide' }).waitFor();
    const pdf = await page.pdf({ path: await outputFile('request.pdf'), format: 'A4', printBackground: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('heading', { name: 'Decide' }).isVisible()).toBe(false);
    expect(await page.getByText('rights of others may be violated').isVisible()).toBe(true);
  });
});
