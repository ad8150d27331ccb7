import type { RunPreview } from '../../domain/api/run.js';
import type { Digest } from '../../domain/kernel/digest.js';
import type { RequestState } from '../../domain/kernel/states.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import type { ApprovalStore, RequestFile } from '../../domain/ports/approval-store.js';
import type { RegistryStore } from '../../domain/ports/registry-store.js';
import type { EvidenceStore, RunStore } from '../../domain/ports/run-store.js';
import type { Database } from '../../db/pool.js';
import { createAccounts, type Accounts } from '../../db/stores/accounts.js';
import { answerOnce, type Answer, type KeyedRequest } from '../../db/stores/answer-once.js';
import { createChannels, type Channels } from '../../db/stores/channels.js';
import { createNotificationAddresses, type NotificationAddresses } from '../../db/stores/notification-address.js';
import { createApprovalStore } from '../../db/stores/approval-store.js';
import { createAutomaticApprovals, type AutomaticApprovals } from '../../db/stores/automatic-approvals.js';
import { createAttempts, type Attempts } from '../../db/stores/attempts.js';
import { correctAlias, type AliasCorrection, type NewCorrection } from '../../db/stores/correct-alias.js';
import { createDecisions, type Decisions } from '../../db/stores/decisions.js';
import { createDelegations, type Delegations } from '../../db/stores/delegations.js';
import { createEvidenceStore } from '../../db/stores/evidence-store.js';
import { createFeedbackStore, type FeedbackStore } from '../../db/stores/feedback.js';
import type { SignedIn } from '../../db/stores/principal-by-token.js';
import { createInstallationAdmins, type InstallationAdmins } from '../../db/stores/installation-admins.js';
import { createOneTimeCodes, type OneTimeCodes } from '../../db/stores/one-time-codes.js';
import { createPeople, type People } from '../../db/stores/people.js';
import { createProjectRoles, type ProjectRoles } from '../../db/stores/project-roles.js';
import { createTokenList, type TokenList } from '../../db/stores/token-list.js';
import { createIdentities, type Identities } from '../../db/stores/identities.js';
import { createDeviceGrants, type DeviceGrants } from '../../db/stores/device-grants.js';
import { createLocalPasswords, type LocalPasswords } from '../../db/stores/local-passwords.js';
import { createSessions, type Sessions } from '../../db/stores/sessions.js';
import { createSignInPace, type SignInPace } from '../../db/stores/sign-in-pace.js';
import { createImportRequests, type ImportRequests } from '../../db/stores/import-store.js';
import { withDatabaseErrors } from '../../db/database-error.js';
import { loadRequests } from '../../db/stores/load-request.js';
import { createPolicies, type Policies } from '../../db/stores/policies.js';
import { createPrompts, type Prompts } from '../../db/stores/prompt-store.js';
import { createRegistryStore } from '../../db/stores/registry-store.js';
import { createReleasedRequests } from '../../db/stores/released-request.js';
import { createScheduleRequests, type ScheduleRequests } from '../../db/stores/schedule-requests.js';
import { createRunRequests, type RunRequests } from '../../db/stores/run-requests.js';
import { createRunStore } from '../../db/stores/run-store.js';
import { createTasks, type Tasks } from '../../db/stores/tasks.js';
import { createLogTree, type LogTree } from '../../db/audit/log-tree.js';
import { listApprovals, type ApprovalLine } from '../../db/views/approvals.js';
import { listAudit, type AuditLine } from '../../db/views/audit.js';
import {
  latestCheckpoint,
  listAuditKeys,
  listCheckpoints,
  type AuditKeyRow,
  type CheckpointRow,
} from '../../db/views/audit-checkpoints.js';
import { championBySubject, type FormerChampion } from '../../db/views/champion-by-subject.js';
import { servedLatency, type ServedLatency } from '../../db/views/served-latency.js';
import { evidenceProjects } from '../../db/views/evidence-projects.js';
import { listInbox, type InboxLine, type InboxQuestion } from '../../db/views/inbox.js';
import { listAccounts, type AccountLine } from '../../db/views/limits.js';
import { aliasAt, type AliasAnswer } from '../../db/views/alias-at.js';
import { aliasHistory, listModels, type AliasMove, type ModelLine } from '../../db/views/models.js';
import { runLog, type RunLogPage } from '../../db/views/run-log.js';
import { runPlaces, type RunPlace } from '../../db/views/run-places.js';
import { createScheduleViews, type ScheduleViews } from '../../db/views/schedules.js';
import { taskCandidates, type Candidate } from '../../db/views/task-candidates.js';
import { versionService, type VersionService } from '../../db/views/version-service.js';
import { reusePreview } from '../../db/views/reuse-preview.js';
import { listRuns, runView, type RunFilter, type RunLine, type RunView } from '../../db/views/runs.js';

export type Principal = SignedIn;

/** What the api knows of the world: rows. It never talks to Temporal; the outbox delivers what it wrote. */
export interface ApiStores {
  /** Does the work of a keyed request once, in one transaction with its answer. */
  once(asked: KeyedRequest, work: (inside: ApiStores) => Promise<Answer>): Promise<Answer & { isRepeated: boolean }>;
  accounts: Accounts;
  people: People;
  admins: InstallationAdmins;
  projectRoles: ProjectRoles;
  codes: OneTimeCodes;
  tokens: TokenList;
  sessions: Sessions;
  devices: DeviceGrants;
  identities: Identities;
  passwords: LocalPasswords;
  /** How often something may be tried, by all api processes together. */
  pace: SignInPace;
  attempts: Attempts;
  runs: RunRequests & Pick<RunStore, 'load'>;
  schedules: ScheduleRequests & { views: ScheduleViews };
  approvals: Pick<ApprovalStore, 'load'>;
  decisions: Decisions;
  tasks: Tasks;
  delegations: Delegations;
  automatic: AutomaticApprovals;
  policies: Policies;
  evidence: Pick<EvidenceStore, 'load'>;
  registry: Pick<RegistryStore, 'route' | 'version'>;
  /** The approved request of a run as it stood when it was closed. */
  released(runId: string): Promise<RequestFile | undefined>;
  feedback: FeedbackStore;
  prompts: Prompts;
  correctAlias(asked: NewCorrection): Promise<AliasCorrection>;
  channels: Channels;
  addresses: NotificationAddresses;
  imports: ImportRequests;
  audit: {
    keys(): Promise<AuditKeyRow[]>;
    latestCheckpoint(): Promise<CheckpointRow | undefined>;
    checkpoints(afterSize: number, limit: number): Promise<CheckpointRow[]>;
    tree: LogTree;
  };
  views: {
    runs(project: string, asked: RunFilter, limit: number): Promise<RunLine[]>;
    places(runIds: readonly string[]): Promise<Map<string, RunPlace>>;
    run(id: string): Promise<RunView | undefined>;
    reuse(project: string, plan: LifecyclePlan): Promise<RunPreview>;
    log(asked: Parameters<typeof runLog>[1]): Promise<RunLogPage>;
    approvals(project: string, state?: RequestState): Promise<ApprovalLine[]>;
    inbox(asked: InboxQuestion): Promise<InboxLine[]>;
    requestFiles(ids: readonly string[]): Promise<Map<string, RequestFile>>;
    taskCandidates(taskId: string): Promise<Candidate[]>;
    champion(asked: Parameters<typeof championBySubject>[1]): Promise<FormerChampion | undefined>;
    latency(asked: Parameters<typeof servedLatency>[1]): Promise<ServedLatency | undefined>;
    models(project: string, name?: string): Promise<ModelLine[]>;
    aliasHistory(project: string, alias: string): Promise<AliasMove[]>;
    aliasAt(asked: Parameters<typeof aliasAt>[1]): Promise<AliasAnswer>;
    evidenceProjects(id: Digest): Promise<string[]>;
    audit(afterLeafIndex: number, limit: number): Promise<AuditLine[]>;
    service(project: string, versionId: string): Promise<VersionService>;
    accounts(): Promise<AccountLine[]>;
  };
}

export function createApiStores(db: Database): ApiStores {
  const runs = createRunStore(db);
  return {
    once: (asked, work) => answerOnce(db, asked, (inside) => work(createApiStores(inside))),
    accounts: createAccounts(db),
    people: createPeople(db),
    admins: createInstallationAdmins(db),
    projectRoles: createProjectRoles(db),
    codes: createOneTimeCodes(db),
    tokens: createTokenList(db),
    sessions: createSessions(db),
    devices: createDeviceGrants(db),
    identities: createIdentities(db),
    passwords: createLocalPasswords(db),
    pace: createSignInPace(db),
    attempts: createAttempts(db),
    runs: { ...createRunRequests(db), load: runs.load },
    schedules: { ...createScheduleRequests(db), views: createScheduleViews(db) },
    approvals: createApprovalStore(db),
    decisions: createDecisions(db),
    tasks: createTasks(db),
    delegations: createDelegations(db),
    automatic: createAutomaticApprovals(db),
    policies: createPolicies(db),
    evidence: createEvidenceStore(db),
    registry: createRegistryStore(db),
    released: createReleasedRequests(db),
    feedback: createFeedbackStore(db),
    prompts: createPrompts(db),
    correctAlias: (asked) => correctAlias(db, asked),
    channels: createChannels(db),
    addresses: createNotificationAddresses(db),
    imports: createImportRequests(db),
    audit: {
      keys: () => listAuditKeys(db),
      latestCheckpoint: () => latestCheckpoint(db),
      checkpoints: (afterSize, limit) => listCheckpoints(db, afterSize, limit),
      tree: createLogTree(db),
    },
    views: {
      runs: (project, asked, limit) => listRuns(db, project, { ...asked, limit }),
      places: (runIds) => runPlaces(db, runIds),
      run: (id) => runView(db, id),
      reuse: (project, plan) => reusePreview(db, project, plan),
      log: (asked) => runLog(db, asked),
      approvals: (project, state) => listApprovals(db, project, state),
      inbox: (asked) => listInbox(db, asked),
      requestFiles: (ids) => withDatabaseErrors(() => loadRequests(db, ids)),
      taskCandidates: (taskId) => taskCandidates(db, taskId),
      champion: (asked) => championBySubject(db, asked),
      latency: (asked) => servedLatency(db, asked),
      models: (project, name) => listModels(db, project, name),
      aliasHistory: (project, alias) => aliasHistory(db, project, alias),
      aliasAt: (asked) => aliasAt(db, asked),
      evidenceProjects: (id) => evidenceProjects(db, id),
      audit: (after, limit) => listAudit(db, after, limit),
      service: (project, versionId) => versionService(db, project, versionId),
      accounts: () => listAccounts(db),
    },
  };
}
