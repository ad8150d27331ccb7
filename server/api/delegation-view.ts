import type { DelegationView } from '../../domain/api/delegation.js';
import type { Delegation } from '../../db/stores/delegations.js';

export const delegationView = ({
  id,
  project,
  delegator,
  delegate,
  role,
  startsAt,
  endsAt,
  reason,
  recordedAt,
  revokedAt,
}: Delegation): DelegationView => ({
  id,
  project,
  delegator,
  delegate,
  role,
  from: startsAt.toISOString(),
  until: endsAt.toISOString(),
  reason,
  recordedAt: recordedAt.toISOString(),
  revokedAt: revokedAt?.toISOString() ?? null,
});
