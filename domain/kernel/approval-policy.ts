/**
 * What a policy asks for; frozen by value in every request. What may be left out is left out of the file, and of what is
 * signed, too. Durations stand as they were written (`2d`).
 */
export interface ApprovalPolicy {
  name: string;
  version: number;
  stages: PolicyStage[];
  /** Nobody of these may sign, nor let another sign for them. */
  fourEyes: {
    excludeRequester: boolean;
    /** Who asked for the training that this run took over. */
    excludeTrainer?: boolean;
    /** Who is named as an author of a source, or gave a label that was used. */
    excludeDataAuthors?: boolean;
    /** Who is named as an author of the lifecycle, or wrote the prompt or imported the base model that it uses. */
    excludeRecipeAuthors?: boolean;
  };
  /** One person may stand for one role only. */
  distinctPeople: boolean;
  /** Who may waive an answer that is `fail` or `unknown`. */
  waivers: { role: string };
  /** Whether a person may let another sign for them; yes where it is left out. */
  delegation?: boolean;
  /** Per cent of the time until expiry at which those who are missing are reminded; 50 and 90 where it is left out. */
  reminders?: number[];
  /** A condition in CEL under which nobody has to sign. */
  automatic?: { when: string };
  /** Since when, at the longest, a signer must have proved who they are. */
  reauthenticate?: string;
  /** How long the approval holds once the version serves, and what happens then. */
  validity?: { for: string; whenEnded: 'alarm' | 'stop' };
}

/** So many distinct people per role, once the stages before are met. */
export interface PolicyStage {
  name: string;
  /** Stages that have to be met first; without any it may be signed at once. */
  after?: string[];
  /** How many of all its roles together, where that is more than the counts of the roles. */
  quorum?: number;
  roles: PolicyRole[];
}

export interface PolicyRole {
  role: string;
  /** May be 0 where the stage has a quorum: then the role may sign, and need not. */
  count: number;
  /** Only these people may sign in it. */
  people?: string[];
  /** Services that may sign in it; none where it is left out. */
  services?: string[];
  /** Whether one no in it rejects; yes where it is left out. */
  veto?: boolean;
  /** Who may sign in its place once the request has been open for so long. */
  escalate?: { after: string; to: string }[];
}

/** Where the file says nothing. */
export const USUAL_REMINDERS: readonly number[] = [50, 90];

/** The decision of a policy that lets a release through by itself is signed in this name, stage and role. */
export const AUTOMATIC = { principal: 'assay-policy', stage: 'automatic', role: 'automatic' } as const;

/** Who had a part in what is asked about: four eyes are judged against these names. */
export interface Involved {
  requesters: readonly string[];
  trainers: readonly string[];
  dataAuthors: readonly string[];
  recipeAuthors: readonly string[];
}

/** Whether a policy asks somebody at each stage: one that asks nobody approves nothing, whoever wrote it. */
export const asksPeople = ({ stages }: ApprovalPolicy): boolean =>
  stages.length > 0 &&
  stages.every(
    ({ roles, quorum }) =>
      roles.length > 0 &&
      roles.every(({ count }) => Number.isInteger(count) && count >= 0) &&
      (roles.some(({ count }) => count >= 1) || (Number.isInteger(quorum) && (quorum ?? 0) >= 1)) &&
      (quorum !== undefined || roles.every(({ count }) => count >= 1)),
  );

/** Why somebody signs nothing under a policy; null where they may. */
export function whyInvolved({ fourEyes }: ApprovalPolicy, involved: Involved, principal: string): string | null {
  if (fourEyes.excludeRequester && involved.requesters.includes(principal))
    return 'four eyes: they requested this run, or one that it rests on';
  if (fourEyes.excludeTrainer === true && involved.trainers.includes(principal))
    return 'four eyes: they had the model trained';
  if (fourEyes.excludeDataAuthors === true && involved.dataAuthors.includes(principal))
    return 'four eyes: they are an author of the data';
  if (fourEyes.excludeRecipeAuthors === true && involved.recipeAuthors.includes(principal))
    return 'four eyes: they are an author of the recipe';
  return null;
}

/** How many people have to sign at the least. */
export const signaturesAsked = ({ stages }: ApprovalPolicy): number =>
  stages.reduce((sum, { quorum = 0, roles }) => {
    const counts = roles.reduce((all, { count }) => all + count, 0);
    return sum + Math.max(quorum, counts);
  }, 0);
