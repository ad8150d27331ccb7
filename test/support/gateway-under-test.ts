import type { Database } from '../../db/pool.js';
import { createServedRequests, type ServedRequest } from '../../db/stores/served-requests.js';
import { createGateway } from '../../server/gateway/create-gateway.js';
import type { GatewayDependencies } from '../../server/gateway/dependencies.js';
import { createGatewayStores } from '../../server/gateway/gateway-stores.js';
import { createServedRecorder } from '../../server/gateway/served-recorder.js';
import { createLogger } from '../../server/process/logger.js';

/** A gateway of its own on this database: nothing of what an earlier one remembers. Close its recorder in the end. */
export function gatewayUnderTest(
  db: Database,
  given: Pick<GatewayDependencies, 'models' | 'instance' | 'publicKey'> & Partial<GatewayDependencies>,
) {
  const served = createServedRequests(db);
  const record = createServedRecorder<ServedRequest>({
    write: async (rows) => void (await served.recordServed(rows)),
    onFailure: () => 'give-up',
  });
  const app = createGateway({
    ...createGatewayStores(db),
    record,
    allowDemoIdentities: false,
    log: createLogger('test', 'silent'),
    ...given,
  });
  return { app, record };
}
