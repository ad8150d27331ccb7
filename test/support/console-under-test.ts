import type { Browser, BrowserContext, Page } from 'playwright-core';
import { consoleFolder } from '../../cli/dev/console-build.js';
import { createApi } from '../../server/api/create-api.js';
import { readConsole } from '../../server/api/console/console-files.js';
import { createApiStores } from '../../server/api/stores.js';
import { listen } from '../../server/process/listen.js';
import { createLogger } from '../../server/process/logger.js';
import { launchChromium } from './chromium.js';
import { addPerson } from './people.js';
import { openReviewedRequest } from './reviewed-request.js';
import { PROJECT } from './seeded-project.js';
import { createActivityWorld } from './activity-world.js';

const MAILS = 600;
const CACHE = '.assay/cache';

export type ConsoleUnderTest = Awaited<ReturnType<typeof openConsole>>;

interface Looks {
  width?: number;
  height?: number;
  scheme?: 'light' | 'dark';
  scale?: number;
}

/**
 * The console in a real browser, on a real api and database: ada asks, ruth (risk) and leo (legal) sign, and the
 * evidence of the open request is what the activities make of made-up mails.
 */
export async function openConsole() {
  const world = await createActivityWorld(MAILS);
  const { db } = world;
  const tokens = {
    ada: await addPerson(db, { id: 'ada', project: PROJECT, roles: ['author', 'ml-lead', 'auditor'] }),
    ruth: await addPerson(db, { id: 'ruth', project: PROJECT, roles: ['risk'] }),
    leo: await addPerson(db, { id: 'leo', project: PROJECT, roles: ['legal'] }),
    sam: await addPerson(db, { id: 'sam', project: 'other', roles: ['risk'] }),
  };
  const files = await readConsole(await consoleFolder(CACHE));
  if (files === undefined) throw new Error('The console was not built.');
  const app = createApi({
    stores: createApiStores(db),
    decisionKey: world.privateKey,
    publicKey: world.dependencies.decisionPublicKey,
    instance: world.dependencies.instance,
    allowDemoIdentities: false,
    console: files,
    isReady: () => Promise.resolve(true),
    log: createLogger('test', 'silent'),
  });
  const asked: { method: string; path: string }[] = [];
  const listening = await listen(
    (request) => {
      asked.push({ method: request.method, path: new URL(request.url).pathname });
      return app.fetch(request);
    },
    { host: '127.0.0.1', port: 0 },
  );
  const browser: Browser = await launchChromium();
  const contexts: BrowserContext[] = [];

  /** A new window of nobody yet; what the browser complains about is collected. */
  async function openWindow({ width = 1440, height = 900, scheme = 'light', scale = 1 }: Looks = {}) {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: scheme,
      deviceScaleFactor: scale,
      reducedMotion: 'reduce',
      baseURL: listening.url,
    });
    contexts.push(context);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(listening.url)) complaints.push(`asked ${request.url()}`);
    });
    return { page, context, complaints };
  }

  /** A window in which somebody is signed in and looks at an address. */
  async function signedIn(who: keyof typeof tokens, path: string, looks: Looks = {}) {
    const window = await openWindow(looks);
    await window.page.goto(path);
    await signIn(window.page, who);
    // Asking before one is signed in is answered by 401, which the browser reports.
    window.complaints.length = 0;
    return window;
  }

  async function signIn(page: Page, who: keyof typeof tokens): Promise<void> {
    await page.getByLabel('API token').fill(tokens[who]);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  }

  return {
    world,
    asked,
    signIn,
    url: listening.url,
    openWindow,
    signedIn,
    openRequest: () => openReviewedRequest(world),
    async close(): Promise<void> {
      await Promise.all(contexts.map((context) => context.close()));
      await browser.close();
      await listening.close();
      await world.close();
    },
  };
}
