import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../support/chromium.js';
import { openConsole, type ConsoleUnderTest } from '../support/console-under-test.js';

describe.skipIf(!hasChromium)('a page that others write to', () => {
  let console: ConsoleUnderTest;
  beforeAll(async () => {
    console = await openConsole();
  }, 120_000);
  afterAll(() => console.close());

  it('shows a signature of somebody else without being asked again', async () => {
    const { requestId } = await console.openRequest();
    await console.chain();
    const leo = await console.signedIn('leo', `/approvals/${requestId}`);
    await leo.page.getByRole('heading', { name: 'Who must sign' }).waitFor();
    await expect.poll(() => console.asked.some(({ path }) => path === '/v1/events')).toBe(true);
    const ruth = await console.signedIn('ruth', `/approvals/${requestId}`);
    await ruth.page.getByRole('radio', { name: 'Approve' }).check();
    await ruth.page.getByLabel('Your reason').fill('Better on every kind of message.');
    await ruth.page.getByRole('button', { name: 'Approve and sign' }).click();
    await ruth.page.getByText('ruth signed as risk: approve').waitFor();
    await console.chain();
    await leo.page.getByText('ruth signed as risk: approve').waitFor();
    expect(leo.complaints).toEqual([]);
  });

  it('attacks 12 and 30: what people and models write stays text, and asks nobody for anything', async () => {
    const { requestId } = await console.openRequest({ hostile: true });
    const { page, complaints } = await console.signedIn('ruth', `/approvals/${requestId}`);
    const reason = '<script>document.title="owned"</script> =cmd() ![x](http://evil.example/?q=1)';
    await page.getByRole('radio', { name: 'Abstain' }).check();
    await page.getByLabel('Your reason').fill(reason);
    await page.getByRole('button', { name: 'Abstain and sign' }).click();
    await page.getByText('ruth signed as risk: abstain').waitFor();
    await page.getByRole('heading', { name: 'Worst regressions' }).waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toContain(reason);
    expect(text).toContain('<img src=x onerror=');
    // What reorders text is shown by its number.
    expect(text).toContain('U+202E');
    expect(text).not.toContain('\u202e');
    expect(await page.locator('main img, main script, main iframe, main a[href*="evil"]').count()).toBe(0);
    expect(await page.title()).toContain('Release of email-triage');
    expect(complaints).toEqual([]);
  });

  it('attack 12: takes no reason that hides or reorders text, and says so', async () => {
    const { requestId } = await console.openRequest();
    const { page } = await console.signedIn('ruth', `/approvals/${requestId}`);
    await page.getByRole('radio', { name: 'Approve' }).check();
    await page.getByLabel('Your reason').fill('looks fine \u202e gnitpurroc');
    await page.getByRole('button', { name: 'Approve and sign' }).click();
    await page.getByText('must not hold control, bidirectional or zero-width characters').waitFor();
    const { decisions } = await console.world.dependencies.approvals.load(requestId);
    expect(decisions).toEqual([]);
  });
});
