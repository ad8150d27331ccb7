import type { Browser, BrowserContext, Page } from 'playwright-core';
import { consoleFolder } from '../../cli/dev/console-build.js';
import { freePort } from '../../cli/dev/free-port.js';
import { createDatabase } from '../../db/pool.js';
import { createApi } from '../../server/api/create-api.js';
import { readConsole } from '../../server/api/console/console-files.js';
import { createEventHub } from '../../server/api/events/event-hub.js';
import { createApiStores } from '../../server/api/stores.js';
import { listen } from '../../server/process/listen.js';
import { createLogger } from '../../server/process/logger.js';
import { signAll } from './chained-log.js';
import { launchChromium } from './chromium.js';
import { givePassword, PASSWORD } from './local-account.js';
import { addPerson } from './people.js';
import { openReviewedRequest, writeHostileMails, type ReviewedRequestOptions } from './reviewed-request.js';
import { PROJECT } from './seeded-project.js';
import { createActivityWorld, type ActivityWorld } from './activity-world.js';

const MAILS = 600;
const HOST = '127.0.0.1';
const CACHE = '.assay/cache';

export type ConsoleUnderTest = Awaited<ReturnType<typeof openConsole>>;

type Person = 'ada' | 'ruth' | 'leo' | 'sam';

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
  await writeHostileMails(world.folder);
  const opened = createDatabase(world.apiUrl, { applicationName: 'test-api' });
  await addPeople(opened.db);
  const files = await readConsole(await consoleFolder(CACHE));
  if (files === undefined) throw new Error('The console was not built.');
  const port = await freePort();
  const log = createLogger('test', 'silent');
  const events = createEventHub({ url: world.apiUrl, db: opened.db, log });
  const app = createApi({
    stores: createApiStores(opened.db),
    decisionKey: world.privateKey,
    publicKey: world.dependencies.decisionPublicKey,
    instance: world.dependencies.instance,
    // As under `assay dev`: sessions over plain http on this machine.
    allowDemoIdentities: true,
    publicUrl: `http://${HOST}:${port}`,
    artifacts: world.dependencies.artifacts,
    console: files,
    isReady: () => Promise.resolve(true),
    events,
    log,
  });
  const asked: { method: string; path: string }[] = [];
  const listening = await listen(
    (request) => {
      asked.push({ method: request.method, path: new URL(request.url).pathname });
      return app.fetch(request);
    },
    { host: HOST, port },
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
    page.setDefaultTimeout(15_000);
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
  async function signedIn(who: Person, path: string, looks: Looks = {}) {
    const window = await openWindow(looks);
    await window.page.goto(path);
    await signIn(window.page, who);
    // Asking before one is signed in is answered by 401, which the browser reports.
    window.complaints.length = 0;
    return window;
  }

  async function signIn(page: Page, who: Person): Promise<void> {
    // The form for a one-time code stands below.
    const form = page.locator('form').first();
    await form.getByLabel('Account').fill(who);
    await form.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await form.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  }

  return {
    world,
    asked,
    signIn,
    url: listening.url,
    openWindow,
    signedIn,
    /** What the worker that leads the housekeeping does all the time: chains events and signs the log. */
    chain: () => signAll(db),
    openRequest: (how: ReviewedRequestOptions = {}) => openReviewedRequest(world, how),
    async close(): Promise<void> {
      await Promise.all(contexts.map((context) => context.close()));
      await browser.close();
      await events.close();
      await listening.close();
      await opened.close();
      await world.close();
    },
  };
}

async function addPeople(db: ActivityWorld['db']): Promise<void> {
  const people = [
    ['ada', PROJECT, ['author', 'ml-lead', 'auditor']],
    ['ruth', PROJECT, ['risk']],
    ['leo', PROJECT, ['legal']],
    ['sam', 'other', ['risk']],
  ] as const;
  for (const [id, project, roles] of people) {
    await addPerson(db, { id, project, roles: [...roles] });
    await givePassword(db, id);
  }
}
