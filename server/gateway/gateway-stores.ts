import type { Database } from '../../db/pool.js';
import { createAccounts } from '../../db/stores/accounts.js';
import { createAttempts } from '../../db/stores/attempts.js';
import { createEvidenceStore } from '../../db/stores/evidence-store.js';
import { createRegistryStore } from '../../db/stores/registry-store.js';
import { createReleasedRequests } from '../../db/stores/released-request.js';
import { listRoutes } from '../../db/views/models.js';
import type { GatewayDependencies } from './dependencies.js';

type Stores = Pick<GatewayDependencies, 'accounts' | 'registry' | 'aliases' | 'released' | 'evidence' | 'auditRefusal'>;

/** What the gateway reads of Postgres, and the one thing that it writes beside samples: refusals. */
export function createGatewayStores(db: Database): Stores {
  const attempts = createAttempts(db);
  return {
    accounts: createAccounts(db),
    registry: createRegistryStore(db),
    aliases: async (project) => (await listRoutes(db, project)).map(({ alias }) => alias),
    released: createReleasedRequests(db),
    evidence: createEvidenceStore(db),
    auditRefusal: ({ project, actor, alias, versionId, reason }) =>
      attempts.recordAttempt({ project, actor, subject: versionId, named: `serve as ${alias}`, reason }),
  };
}
