import type { TestProject } from 'vitest/node';
import { createTestServers, type ProvidedPostgres, type ProvidedTemporal, type TestServers } from './test-servers.js';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: ProvidedPostgres;
    temporal: ProvidedTemporal;
  }
}

const NEED_POSTGRES = new Set(['database', 'activities', 'workflows', 'e2e', 'browser']);
const NEED_TEMPORAL = new Set(['providers', 'workflows', 'e2e']);

/** Vitest loads this file once for each layer; the process is what the layers share. */
const shared = globalThis as { assayTestServers?: { servers: TestServers; layers: number } };

/** Called once for each layer that runs. The layers share the servers, and the last one to end stops them. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const use = (shared.assayTestServers ??= { servers: createTestServers(), layers: 0 });
  use.layers += 1;
  const leave = async () => {
    use.layers -= 1;
    if (use.layers > 0) return;
    delete shared.assayTestServers;
    await use.servers.stop();
  };
  try {
    await provide(project, use.servers);
  } catch (error) {
    await leave();
    throw error;
  }
  return leave;
}

async function provide(project: TestProject, servers: TestServers): Promise<void> {
  const [postgres, temporal] = await Promise.all([
    NEED_POSTGRES.has(project.name) ? servers.postgres() : undefined,
    NEED_TEMPORAL.has(project.name) ? servers.temporal() : undefined,
  ]);
  if (postgres !== undefined) project.provide('postgres', postgres);
  if (temporal !== undefined) project.provide('temporal', temporal);
}
