import { createApprovalActivities } from '../../activities/approvals.js';
import type { ApprovalStore, RequestFile, StoredDecision, StoredWaiver } from '../../domain/ports/approval-store.js';
import type { RegistryStore } from '../../domain/ports/registry-store.js';
import type { EvidenceStore, RunStore } from '../../domain/ports/run-store.js';
import { INSTANCE, keys } from './approval-files.js';

/** The real counting of decisions over one request that a test fills by hand. */
export function approvalsInMemory(file: RequestFile) {
  const attempts: { decisionId: string; reason: string }[] = [];
  const closed: string[] = [];
  const said: string[] = [];
  const approvals: ApprovalStore = {
    open: async () => file.request,
    load: async () => file,
    // As the port says: an open request ends once, a repeated end changes nothing.
    close: async (_, state) => {
      if (file.request.state === 'open') closed.push(state);
      file.request.state = state;
    },
    openFor: async () => [],
    recordStage: async (_, { stage }) => void said.push(`${stage} may be signed`),
    recordReminder: async (_, { percent }) => void said.push(`reminded at ${percent} %`),
    recordEscalation: async (_, { role, to }) => void said.push(`${to} for ${role}`),
    recordAttempt: async (_, decisionId, reason) => void attempts.push({ decisionId, reason }),
  };
  const runs = { setWaiting: async () => undefined } as unknown as RunStore;
  const activities = createApprovalActivities({
    approvals,
    runs,
    // What the request binds is on file, and nothing is live.
    evidence: { load: async () => ({ body: {} }) } as unknown as EvidenceStore,
    registry: { route: async () => ({ champion: null }) } as unknown as RegistryStore,
    instance: INSTANCE,
    decisionPublicKey: keys.publicKey,
  });
  const add = (row: StoredDecision | StoredWaiver): string => {
    if ('verdict' in row) file.decisions.push(row);
    else file.waivers.push(row);
    return row.id;
  };
  return { activities, attempts, closed, said, add };
}
