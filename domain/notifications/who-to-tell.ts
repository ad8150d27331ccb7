/** Whom an event concerns: holders of roles in its project, and people by name, but for some. */
export interface Concerned {
  roles: string[];
  people: string[];
  except: string[];
}

/** What is known of the people of an approval request. */
export interface RequestPeople {
  terms: {
    policy: {
      stages: readonly { after?: readonly string[]; roles: readonly { role: string; people?: readonly string[] }[] }[];
      fourEyes: Readonly<Record<string, boolean | undefined>>;
    };
    requester: string;
    alsoRequested?: readonly string[];
    trainers?: readonly string[];
    dataAuthors?: readonly string[];
    recipeAuthors?: readonly string[];
  };
  /** Who has signed something on it, whether or not it stands. */
  signers: readonly string[];
  /** Whose word stands: neither taken back nor replaced. */
  standing: readonly string[];
}

/** Whom an event concerns. What an event's details do not say, nobody is told by. */
export function whoToTell(
  { action, details }: { action: string; details: Readonly<Record<string, unknown>> },
  request: RequestPeople | undefined,
): Concerned {
  const named = [...texts(details['people']), ...texts(details['delegate'])];
  const roles = texts(details['roles']);
  const mayNotSign = request === undefined ? [] : [...excluded(request), ...request.standing];
  switch (action) {
    case 'approval.opened':
      return { ...rolesAsked(request), except: mayNotSign };
    case 'approval.stage-opened':
    case 'approval.reminded': {
      const missing = rolesOf(details['missing']);
      return { ...(missing.length > 0 ? { roles: missing, people: [] } : rolesAsked(request)), except: mayNotSign };
    }
    case 'approval.escalated':
      return { roles: [...roles, ...texts(details['to'])], people: named, except: mayNotSign };
    case 'approval.closed':
    case 'approval.voided':
    case 'approval.lapsed': {
      const requesters = request === undefined ? [] : [request.terms.requester, ...(request.terms.alsoRequested ?? [])];
      return { roles: [], people: [...(request?.signers ?? []), ...requesters], except: [] };
    }
    case 'delegation.recorded':
    case 'task.opened':
      return { roles, people: named, except: texts(details['excluded']) };
    default:
      return { roles: [], people: [], except: [] };
  }
}

/** Of the stages that may be signed at once. */
function rolesAsked(request: RequestPeople | undefined): Pick<Concerned, 'roles' | 'people'> {
  const open = (request?.terms.policy.stages ?? []).filter(({ after = [] }) => after.length === 0);
  const asked = open.flatMap((stage) => stage.roles);
  return {
    roles: asked.filter(({ people }) => people === undefined).map(({ role }) => role),
    people: asked.flatMap(({ people = [] }) => people),
  };
}

/** Who may not sign by four eyes. */
function excluded({ terms }: RequestPeople): string[] {
  const { fourEyes } = terms.policy;
  return [
    ...(fourEyes['excludeRequester'] === true ? [terms.requester, ...(terms.alsoRequested ?? [])] : []),
    ...(fourEyes['excludeTrainer'] === true ? (terms.trainers ?? []) : []),
    ...(fourEyes['excludeDataAuthors'] === true ? (terms.dataAuthors ?? []) : []),
    ...(fourEyes['excludeRecipeAuthors'] === true ? (terms.recipeAuthors ?? []) : []),
  ];
}

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');

/** Of what is missing; the rest of a quorum is written as `any of a, b`. */
const rolesOf = (missing: unknown): string[] =>
  (Array.isArray(missing) ? missing : [])
    .flatMap((one: unknown) => texts((one as { role?: unknown } | null)?.role))
    .flatMap((role) => role.replace(/^any of /, '').split(', '));
