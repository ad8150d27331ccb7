import { Connection } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import { checkVersion } from '../../db/check-version.js';
import { createDatabase } from '../../db/pool.js';
import type { HealthCheck } from '../../domain/health-check.js';
import type { TemporalConnection } from '../../providers/temporal/connection.js';

const MOST_SKEW_MILLISECONDS = 2_000;
const SHORT_RETENTION_DAYS = 7;
const DAY_SECONDS = 86_400;
const PATIENCE_MILLISECONDS = 5_000;
const GUESSED_FIRST = [
  '',
  'postgres',
  'password',
  'changeme',
  'secret',
  'admin',
  'assay',
  'assay_app',
  'assay_api',
  'assay_owner',
];

export const databaseChecks = (databaseUrl: string): HealthCheck[] => [
  {
    name: 'database',
    remedy: 'Look at ASSAY_DATABASE_URL; run "assay migrate" as the owner when the schema is missing or old.',
    look: () =>
      withDatabase(databaseUrl, async (db) => {
        await checkVersion(db);
        return 'reachable and migrated';
      }),
  },
  {
    name: 'clock',
    remedy: 'Let this machine and the database keep time by NTP: deadlines and signatures are judged by it.',
    look: () =>
      withDatabase(databaseUrl, async (db) => {
        // The first statement waits for the connection.
        await db.execute(sql`select 1`);
        const asked = Date.now();
        const { rows } = await db.execute<{ now: number }>(
          sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
        );
        const answered = Date.now();
        const skew = Math.round((rows[0]?.now ?? 0) - (asked + answered) / 2);
        if (Math.abs(skew) > MOST_SKEW_MILLISECONDS + (answered - asked))
          throw new Error(`${skew} ms off the database's`);
        return `${skew} ms off the database's`;
      }),
  },
  {
    name: 'database password',
    remedy: 'Give the role a password of its own, e.g. from "openssl rand -hex 24".',
    look: async () => {
      const { password, hostname } = new URL(databaseUrl);
      if (!GUESSED_FIRST.includes(decodeURIComponent(password).toLowerCase())) return 'none of the usual ones';
      if (password === '' && isThisMachine(hostname))
        return { warning: 'none in the address; only this machine is reached' };
      throw new Error(password === '' ? 'none in the address' : 'one of those that are guessed first');
    },
  },
];

async function withDatabase<T>(url: string, look: (db: ReturnType<typeof createDatabase>['db']) => Promise<T>) {
  const { db, close } = createDatabase(url, { applicationName: 'assay-doctor', maxConnections: 1 });
  try {
    return await look(db);
  } finally {
    await close();
  }
}

export const temporalChecks = ({ options, namespace }: TemporalConnection): HealthCheck[] => [
  {
    name: 'Temporal access',
    remedy: 'Keep its port inside a network that only workers reach, or give it mTLS or API keys.',
    look: async () => {
      const bare = await Connection.connect({ address: options.address, connectTimeout: PATIENCE_MILLISECONDS }).then(
        async (connection) => connection.close().then(() => true),
        () => false,
      );
      if (!bare) {
        const connection = await Connection.connect({ ...options, connectTimeout: PATIENCE_MILLISECONDS });
        await connection.close();
        return `answers at ${options.address}, and not without credentials`;
      }
      const words = `answers at ${options.address} without credentials: who reaches it can read histories and send messages`;
      return isThisMachine(options.address.replace(/:\d+$/, ''))
        ? `${words}; only this machine does`
        : { warning: words };
    },
  },
  {
    name: 'retention',
    remedy: `Keep closed workflows for ${SHORT_RETENTION_DAYS} days or more: temporal operator namespace update --retention 30d ${namespace}`,
    look: async () => {
      const connection = await Connection.connect({ ...options, connectTimeout: PATIENCE_MILLISECONDS });
      try {
        const { config } = await connection.workflowService.describeNamespace({ namespace });
        const days = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / DAY_SECONDS;
        const words = `namespace ${namespace} keeps closed workflows for ${days} days; Assay's own tables keep them for good`;
        return days < SHORT_RETENTION_DAYS ? { warning: words } : words;
      } finally {
        await connection.close();
      }
    },
  },
];

const isThisMachine = (host: string): boolean => ['127.0.0.1', 'localhost', '[::1]', '::1', ''].includes(host);
