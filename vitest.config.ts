import { defineConfig } from 'vitest/config';

/** One project per layer of tests; a layer runs alone by `npx vitest run --project <layer>`. */
const layer = (name: string, testTimeout: number) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: 60_000 },
});

/** A layer that finds the addresses of real servers by `inject('postgres')` and `inject('temporal')`. */
const onServers = (name: string, testTimeout: number) => {
  const { extends: root, test } = layer(name, testTimeout);
  return { extends: root, test: { ...test, globalSetup: 'test/support/global-setup.ts' } };
};

export default defineConfig({
  test: {
    pool: 'forks',
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
    ],
  },
});
