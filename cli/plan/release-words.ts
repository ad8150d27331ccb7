import type { ApprovalPolicy, PolicyRole, PolicyStage } from '../../domain/kernel/approval-policy.js';
import { printDuration } from '../../domain/kernel/units/duration.js';
import type { DeploySpec } from '../../domain/lifecycle-file/plan.js';

/** Who has to sign under a policy, and who may not. */
export function policyInWords(policy: ApprovalPolicy): string[] {
  const { fourEyes, automatic, reauthenticate, validity } = policy;
  const excluded = [
    fourEyes.excludeRequester && 'who starts the run',
    fourEyes.excludeTrainer === true && 'who had the model trained',
    fourEyes.excludeDataAuthors === true && 'authors of the data',
    fourEyes.excludeRecipeAuthors === true && 'authors of the recipe',
  ].filter((who) => who !== false);
  const distinct = policy.distinctPeople
    ? 'nobody signs in two roles'
    : 'a person who holds several roles may sign in each';
  return [
    `policy ${policy.name} (version ${policy.version}): ${policy.stages.map(stageInWords).join('; ')}`,
    `${excluded.length === 0 ? 'who starts the run may sign too' : `${excluded.join(', ')} may not sign`}; ${distinct}`,
    `${policy.waivers.role} may waive an answer that is fail or unknown; without a waiver it blocks`,
    ...policy.stages.flatMap(({ roles }) => roles.flatMap(escalationsInWords)),
    ...(policy.delegation === false ? ['nobody signs for another'] : []),
    ...(automatic === undefined ? [] : [`goes out by itself where ${automatic.when}`]),
    ...(reauthenticate === undefined ? [] : [`signers proved who they are within ${reauthenticate}`]),
    ...(validity === undefined ? [] : [validityInWords(validity)]),
  ];
}

function stageInWords({ name, after = [], quorum, roles }: PolicyStage): string {
  const others = roles.filter(({ count }) => count === 0).map(({ role }) => role);
  const asked = roles.filter(({ count }) => count > 0);
  const people = asked.map(({ role, count, people: named, veto }) => {
    const from = named === undefined ? '' : ` of ${named.join(', ')}`;
    return `${count} × ${role}${from}${veto === false ? ' (no veto)' : ''}`;
  });
  const order = after.length === 0 ? '' : ` (after ${after.join(', ')})`;
  const inAll =
    quorum === undefined ? [] : [`${quorum} in all${others.length > 0 ? ` with ${others.join(' or ')}` : ''}`];
  return `${name}${order}: ${[people.join(' and '), ...inAll].filter((part) => part !== '').join(', ')}`;
}

const escalationsInWords = ({ role, escalate = [] }: PolicyRole): string[] =>
  escalate.map(({ after, to }) => `${to} may sign as ${role} after ${after}`);

const validityInWords = (validity: NonNullable<ApprovalPolicy['validity']>): string =>
  validity.whenEnded === 'stop'
    ? `holds for ${validity.for}; then the version is no longer served`
    : `holds for ${validity.for}; then people are told, and the version goes on serving`;

export const totalBake = (rollout: DeploySpec['rollout']): number =>
  rollout.reduce((sum, { bakeMilliseconds }) => sum + bakeMilliseconds, 0);

/** `5 % for 10m, 50 % for 10m, 100 %; 20m in all` */
export function rolloutInWords(rollout: DeploySpec['rollout']): string {
  const steps = rollout.map(({ traffic, bakeMilliseconds }) =>
    bakeMilliseconds === 0 ? `${traffic} %` : `${traffic} % for ${printDuration(bakeMilliseconds)}`,
  );
  return `${steps.join(', ')}; ${printDuration(totalBake(rollout))} in all`;
}
