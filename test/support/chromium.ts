import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';

const PLACES = [
  process.env['ASSAY_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const OUTPUT = fileURLToPath(new URL('../browser/output/', import.meta.url));

const executable = PLACES.find((path): path is string => path !== undefined && existsSync(path));

/** Whether the tests in a browser can run; said once where they cannot. In CI they must: there a missing one fails. */
export const hasChromium = executable !== undefined || process.env['CI'] !== undefined;
if (!hasChromium) console.warn('No Chromium: the tests in a browser are skipped. Install Debian’s package chromium.');

/** A Chromium with a profile of its own that is gone with it. */
export function launchChromium(): Promise<Browser> {
  if (executable === undefined) throw new Error('There is no Chromium. Install the package chromium.');
  return chromium.launch({ executablePath: executable, args: FLAGS });
}

/** What axe calls serious or critical on this page, as it stands now: empty where there is nothing. */
export async function seriousFlaws(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await inPage.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`).join(' | ')}`,
      );
  });
}

/** Where a picture or a document of a test is kept. */
export async function outputFile(name: string): Promise<string> {
  await mkdir(OUTPUT, { recursive: true });
  return `${OUTPUT}${name}`;
}

/** What reaches beyond the window sideways, so that the page itself would scroll; empty where nothing does. */
export const widerThanWindow = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => element.tagName + '.' + element.className);
  })()`);

/** The value or the text of what has the focus. */
const focusedName = (page: Page): Promise<string> =>
  page.evaluate<string>(`document.activeElement?.getAttribute('value') ?? document.activeElement?.textContent ?? ''`);

const MOST_STEPS = 80;

/** Goes on by the Tab key until what has this value or text has the focus. @throws Error where nothing does */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    await page.keyboard.press('Tab');
    if ((await focusedName(page)) === name) return;
  }
  throw new Error(`Nothing called ${name} takes the focus.`);
}
