import { defineConfig } from 'vitest/config';

/** One project per layer of tests; a layer runs alone by `npx vitest run --project <layer>`. */
const layer = (name: string, testTimeout: number) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: 60_000 },
});

/** On a build server, which others may share, a test on real servers gets a second try; the report says which took it. */
const RETRIES = process.env['CI'] ? 1 : 0;

/** A layer that finds the addresses of real servers by `inject('postgres')` and `inject('temporal')`. */
const onServers = (name: string, testTimeout: number) => {
  const { extends: root, test } = layer(name, testTimeout);
  return { extends: root, test: { ...test, retry: RETRIES, globalSetup: 'test/support/global-setup.ts' } };
};

export default defineConfig({
  test: {
    pool: 'forks',
    // More than cores: most files wait for servers most of the time.
    maxWorkers: 3,
    // What is waited for comes soon; on a busy machine, later.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      layer('unit', 20_000),
      layer('conformance', 20_000),
      layer('contract', 30_000),
      onServers('database', 30_000),
      onServers('activities', 30_000),
      onServers('providers', 30_000),
      onServers('workflows', 60_000),
      layer('replay', 60_000),
      onServers('e2e', 300_000),
      onServers('browser', 120_000),
    ],
  },
});
