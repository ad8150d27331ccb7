import { defineConfig } from 'vitest/config';

/** One project per layer of tests; a layer runs alone by `npx vitest run --project <layer>`. */
const layer = (name: string, testTimeout: number) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: 60_000 },
});

export default defineConfig({
  test: {
    pool: 'forks',
    projects: [
      layer('unit', 20_000),
      layer('conformance', 20_000),
      layer('contract', 30_000),
      layer('database', 30_000),
      layer('activities', 30_000),
      layer('providers', 30_000),
      layer('workflows', 60_000),
      layer('replay', 60_000),
      layer('e2e', 300_000),
    ],
  },
});
