import type { ApprovalPolicy } from '../../domain/kernel/approval.js';
import { printDuration } from '../../domain/kernel/units/duration.js';
import type { DeploySpec } from '../../domain/lifecycle-file/plan.js';

/** Who has to sign under a policy, and who may not. */
export function policyInWords(policy: ApprovalPolicy): string[] {
  const stages = policy.stages.map(({ name, roles }) => {
    const people = roles.map(({ role, count }) => `${count} × ${role}`);
    return `${name}: ${people.join(' and ')}`;
  });
  const distinct = policy.distinctPeople
    ? 'nobody signs in two roles'
    : 'a person who holds several roles may sign in each';
  const requester = policy.fourEyes.excludeRequester ? 'may not sign' : 'may sign too';
  return [
    `policy ${policy.name} (version ${policy.version}): ${stages.join(', then ')}`,
    `who starts the run ${requester}; ${distinct}`,
    `${policy.waivers.role} may waive an answer that is fail or unknown; without a waiver it blocks`,
  ];
}

/** How many people have to sign at the least. */
export const signaturesOf = ({ stages }: ApprovalPolicy): number =>
  stages.flatMap(({ roles }) => roles).reduce((sum, { count }) => sum + count, 0);

export const totalBake = (rollout: DeploySpec['rollout']): number =>
  rollout.reduce((sum, { bakeMilliseconds }) => sum + bakeMilliseconds, 0);

/** `5 % for 10m, 50 % for 10m, 100 %; 20m in all` */
export function rolloutInWords(rollout: DeploySpec['rollout']): string {
  const steps = rollout.map(({ traffic, bakeMilliseconds }) =>
    bakeMilliseconds === 0 ? `${traffic} %` : `${traffic} % for ${printDuration(bakeMilliseconds)}`,
  );
  return `${steps.join(', ')}; ${printDuration(totalBake(rollout))} in all`;
}
