import { approvalFileSchema } from '../domain/approvals/approval-file.js';
import { approvalListSchema, approvalViewSchema } from '../domain/api/approval.js';
import {
  auditCheckpointPageSchema,
  auditCheckpointSchema,
  auditKeySchema,
  auditPageSchema,
  consistencyProofSchema,
  inclusionProofSchema,
} from '../domain/api/audit.js';
import { checklistViewSchema } from '../domain/api/checklist.js';
import { datasheetSchema } from '../domain/api/datasheet.js';
import { decidedSchema, waivedSchema, type Decide, type Waive } from '../domain/api/decide.js';
import { delegationListSchema, delegationViewSchema, type Delegate } from '../domain/api/delegation.js';
import { evidenceViewSchema } from '../domain/api/evidence.js';
import { recordedFeedbackSchema, type Feedback } from '../domain/api/feedback.js';
import { accountListSchema } from '../domain/api/limits.js';
import { importListSchema, importViewSchema, type RequestImport } from '../domain/api/import.js';
import {
  addressViewSchema,
  channelDeliveryListSchema,
  channelDeliverySchema,
  channelListSchema,
  channelViewSchema,
  type AddChannel,
} from '../domain/api/notification.js';
import { correctionViewSchema, liveViewSchema, type CorrectAlias } from '../domain/api/live.js';
import { modelCardSchema } from '../domain/api/model-card.js';
import { aliasViewSchema, modelListSchema } from '../domain/api/model.js';
import {
  recordedCommandSchema,
  runListSchema,
  runPreviewSchema,
  runViewSchema,
  startedForkSchema,
  startedRunSchema,
  type Recreate,
  type ForkRun,
  type StartRun,
} from '../domain/api/run.js';
import {
  promptAliasListSchema,
  promptAliasSchema,
  promptListSchema,
  promptViewSchema,
  pushedPromptSchema,
  type PushPrompt,
  type SetPromptAlias,
} from '../domain/api/prompt.js';
import { policyListSchema, triedPolicySchema, type TryPolicy } from '../domain/api/policy.js';
import { runLogPageSchema } from '../domain/api/run-log.js';
import {
  deliveryListSchema,
  deliveryViewSchema,
  webhookListSchema,
  webhookViewSchema,
  type AddWebhook,
} from '../domain/api/webhook.js';
import {
  requestedChangeSchema,
  scheduleListSchema,
  scheduleTimesSchema,
  scheduleViewSchema,
  type CreateSchedule,
  type ScheduleRequest,
} from '../domain/api/schedule.js';
import {
  agreementSchema,
  answeredTaskSchema,
  taskPageSchema,
  taskViewSchema,
  type AnswerTask,
  type OpenTask,
} from '../domain/api/task.js';
import { whoamiSchema } from '../domain/api/whoami.js';
import { deviceTokenSchema, startedDeviceSchema, type StartDevice } from '../domain/api/device.js';
import {
  changedGrantSchema,
  changedPrincipalSchema,
  createdProjectSchema,
  declaredRoleSchema,
  issuedCodeSchema,
  principalListSchema,
  projectListSchema,
  roleListSchema,
  type CreatePrincipal,
} from '../domain/api/principal.js';
import { bootstrappedSchema, passwordSetSchema, signedOutSchema, type Bootstrap } from '../domain/api/sign-in.js';
import { createdTokenSchema, revokedTokenSchema, tokenListSchema, type CreateToken } from '../domain/api/token.js';
import type { CommandKind } from '../domain/kernel/states.js';
import { askApi } from './api-request.js';
import type { Connection } from './connection.js';

const segment = encodeURIComponent;

/** The project that a request is about; left out where the caller has a part in only one. */
interface OfProject {
  project?: string | undefined;
}

/** The api's calls, typed by its schemas. Each throws what `askApi` throws. */
export function apiClient(connection: Connection) {
  const get = <T>(
    path: string,
    schema: Parameters<typeof askApi<T>>[2],
    query?: Record<string, string | number | undefined>,
  ) => askApi<T>(connection, query === undefined ? { path } : { path, query }, schema);
  const post = <T>(path: string, body: unknown, schema: Parameters<typeof askApi<T>>[2], query: OfProject = {}) =>
    askApi<T>(connection, { method: 'POST', path, body, query: { ...query } }, schema);
  return {
    whoami: () => get('/v1/whoami', whoamiSchema),
    startDevice: (device: StartDevice) => post('/v1/auth/device', device, startedDeviceSchema),
    pollDevice: (deviceCode: string) => post('/v1/auth/device/token', { deviceCode }, deviceTokenSchema),
    signOut: () => post('/v1/auth/sign-out', undefined, signedOutSchema),
    bootstrap: (first: Bootstrap) => post('/v1/auth/bootstrap', first, bootstrappedSchema),
    setPassword: (set: { code: string; password: string }) => post('/v1/auth/code', set, passwordSetSchema),
    tokens: (query: { principal?: string | undefined }) => get('/v1/tokens', tokenListSchema, query),
    createToken: (token: CreateToken) => post('/v1/tokens', token, createdTokenSchema),
    revokeToken: (id: string) => post(`/v1/tokens/${segment(id)}/revoke`, undefined, revokedTokenSchema),
    principals: () => get('/v1/principals', principalListSchema),
    createPrincipal: (one: CreatePrincipal) => post('/v1/principals', one, changedPrincipalSchema),
    issueCode: (id: string) => post(`/v1/principals/${segment(id)}/codes`, undefined, issuedCodeSchema),
    deactivatePrincipal: (id: string) =>
      post(`/v1/principals/${segment(id)}/deactivations`, undefined, changedPrincipalSchema),
    reactivatePrincipal: (id: string) =>
      post(`/v1/principals/${segment(id)}/reactivations`, undefined, changedPrincipalSchema),
    projects: () => get('/v1/projects', projectListSchema),
    createProject: (project: { id: string }) => post('/v1/projects', project, createdProjectSchema),
    roles: (query: OfProject) => get('/v1/roles', roleListSchema, { ...query }),
    declareRole: (role: { name: string; meaning: string }, query: OfProject) =>
      post('/v1/roles', role, declaredRoleSchema, query),
    grantRole: (grant: { principal: string; role: string }, query: OfProject) =>
      post('/v1/role-grants', grant, changedGrantSchema, query),
    revokeRole: (grant: { principal: string; role: string }, query: OfProject) =>
      post('/v1/role-grants/revocations', grant, changedGrantSchema, query),
    grantAdmin: (named: { principal: string }) => post('/v1/installation-admins', named, changedPrincipalSchema),
    revokeAdmin: (named: { principal: string }) =>
      post('/v1/installation-admins/revocations', named, changedPrincipalSchema),
    startRun: (start: StartRun) => post('/v1/runs', start, startedRunSchema),
    forkRun: (id: string, fork: ForkRun) => post(`/v1/runs/${segment(id)}/forks`, fork, startedForkSchema),
    previewRun: (plan: Record<string, unknown>) => post('/v1/runs/preview', { plan }, runPreviewSchema),
    runs: (query: { status?: string | undefined; name?: string | undefined } = {}) =>
      get('/v1/runs', runListSchema, query),
    run: (id: string) => get(`/v1/runs/${segment(id)}`, runViewSchema),
    runLog: (id: string, query: { after?: string | undefined; stage?: string | undefined } = {}) =>
      get(`/v1/runs/${segment(id)}/log`, runLogPageSchema, query),
    command: (id: string, command: { kind: CommandKind }) =>
      post(`/v1/runs/${segment(id)}/commands`, command, recordedCommandSchema),
    createSchedule: (schedule: CreateSchedule) => post('/v1/schedules', schedule, requestedChangeSchema),
    schedules: () => get('/v1/schedules', scheduleListSchema),
    schedule: (id: string) => get(`/v1/schedules/${segment(id)}`, scheduleViewSchema),
    scheduleTimes: (id: string, range: { from: string; to: string }) =>
      get(`/v1/schedules/${segment(id)}/times`, scheduleTimesSchema, range),
    commandSchedule: (id: string, request: ScheduleRequest) =>
      post(`/v1/schedules/${segment(id)}/commands`, request, requestedChangeSchema),
    approvals: (query: { state?: string | undefined } = {}) => get('/v1/approvals', approvalListSchema, query),
    approval: (id: string) => get(`/v1/approvals/${segment(id)}`, approvalViewSchema),
    approvalFile: (id: string) => get(`/v1/approvals/${segment(id)}/file`, approvalFileSchema),
    decide: (id: string, decide: Decide) => post(`/v1/approvals/${segment(id)}/decisions`, decide, decidedSchema),
    waive: (id: string, waive: Waive) => post(`/v1/approvals/${segment(id)}/waivers`, waive, waivedSchema),
    tasks: (query: Record<string, string | number | undefined>) => get('/v1/tasks', taskPageSchema, query),
    task: (id: string) => get(`/v1/tasks/${segment(id)}`, taskViewSchema),
    openTask: (task: OpenTask) => post('/v1/tasks', task, taskViewSchema),
    answerTask: (id: string, answer: AnswerTask) =>
      post(`/v1/tasks/${segment(id)}/answers`, answer, answeredTaskSchema),
    taskAgreement: (batch: string) => get('/v1/tasks/agreement', agreementSchema, { batch }),
    delegate: (asked: Delegate) => post('/v1/delegations', asked, delegationViewSchema),
    delegations: () => get('/v1/delegations', delegationListSchema),
    revokeDelegation: (id: string) => post(`/v1/delegations/${segment(id)}/revoke`, {}, delegationViewSchema),
    policies: () => get('/v1/policies', policyListSchema),
    tryPolicy: (asked: TryPolicy) => post('/v1/policies/try', asked, triedPolicySchema),
    limits: () => get('/v1/limits', accountListSchema),
    models: () => get('/v1/models', modelListSchema),
    recreate: (versionId: string, recreate: Recreate) =>
      post(`/v1/models/${segment(versionId)}/recreations`, recreate, startedRunSchema),
    checklist: (versionId: string) => get(`/v1/models/${segment(versionId)}/checklist`, checklistViewSchema),
    modelCard: (versionId: string) => get(`/v1/models/${segment(versionId)}/card`, modelCardSchema),
    datasheet: (versionId: string) => get(`/v1/models/${segment(versionId)}/datasheet`, datasheetSchema),
    requestImport: (asked: RequestImport) => post('/v1/imports', asked, importViewSchema),
    imports: () => get('/v1/imports', importListSchema),
    import: (id: string) => get(`/v1/imports/${segment(id)}`, importViewSchema),
    prompts: () => get('/v1/prompts', promptListSchema),
    prompt: (reference: string) => get(`/v1/prompts/${segment(reference)}`, promptViewSchema),
    pushPrompt: (name: string, push: PushPrompt) =>
      post(`/v1/prompts/${segment(name)}/versions`, push, pushedPromptSchema),
    promptAliases: (name: string) => get(`/v1/prompts/${segment(name)}/aliases`, promptAliasListSchema),
    setPromptAlias: (name: string, alias: string, move: SetPromptAlias) =>
      post(`/v1/prompts/${segment(name)}/aliases/${segment(alias)}`, move, promptAliasSchema),
    alias: (alias: string) => get(`/v1/aliases/${segment(alias)}`, aliasViewSchema),
    live: (alias: string, query: { at?: string | undefined; asKnownAt?: string | undefined }) =>
      get(`/v1/aliases/${segment(alias)}/live`, liveViewSchema, query),
    correctAlias: (alias: string, correction: CorrectAlias) =>
      post(`/v1/aliases/${segment(alias)}/corrections`, correction, correctionViewSchema),
    evidence: (id: string) => get(`/v1/evidence/${segment(id)}`, evidenceViewSchema),
    feedback: (feedback: Feedback) => post('/v1/feedback', feedback, recordedFeedbackSchema),
    addWebhook: (webhook: AddWebhook) => post('/v1/webhooks', webhook, webhookViewSchema),
    webhooks: () => get('/v1/webhooks', webhookListSchema),
    removeWebhook: (id: string) =>
      askApi(connection, { method: 'DELETE', path: `/v1/webhooks/${segment(id)}` }, webhookViewSchema),
    changeWebhookSecrets: (id: string, secrets: { secrets: string[] }) =>
      post(`/v1/webhooks/${segment(id)}/secrets`, secrets, webhookViewSchema),
    testWebhook: (id: string) => post(`/v1/webhooks/${segment(id)}/tests`, undefined, deliveryViewSchema),
    webhookDeliveries: (id: string, query: { state?: string | undefined }) =>
      get(`/v1/webhooks/${segment(id)}/deliveries`, deliveryListSchema, query),
    redeliver: (id: string, delivery: string) =>
      post(`/v1/webhooks/${segment(id)}/deliveries/${segment(delivery)}/redeliveries`, undefined, deliveryViewSchema),
    addChannel: (channel: AddChannel) => post('/v1/notifications/channels', channel, channelViewSchema),
    channels: () => get('/v1/notifications/channels', channelListSchema),
    removeChannel: (id: string) =>
      askApi(connection, { method: 'DELETE', path: `/v1/notifications/channels/${segment(id)}` }, channelViewSchema),
    changeChannelSecrets: (id: string, secrets: { secrets: string[] }) =>
      post(`/v1/notifications/channels/${segment(id)}/secrets`, secrets, channelViewSchema),
    testChannel: (id: string) =>
      post(`/v1/notifications/channels/${segment(id)}/tests`, undefined, channelDeliverySchema),
    notifications: (query: { state?: string | undefined }) =>
      get('/v1/notifications/deliveries', channelDeliveryListSchema, query),
    channelDeliveries: (id: string, query: { state?: string | undefined }) =>
      get(`/v1/notifications/channels/${segment(id)}/deliveries`, channelDeliveryListSchema, query),
    redeliverNotification: (id: string, delivery: string) =>
      post(
        `/v1/notifications/channels/${segment(id)}/deliveries/${segment(delivery)}/redeliveries`,
        undefined,
        channelDeliverySchema,
      ),
    address: () => get('/v1/notifications/address', addressViewSchema),
    changeAddress: (email: string | null) =>
      askApi(connection, { method: 'PUT', path: '/v1/notifications/address', body: { email } }, addressViewSchema),
    audit: (query: { after?: number | undefined; limit?: number | undefined }) =>
      get('/v1/audit', auditPageSchema, query),
    auditKey: () => get('/v1/audit/key', auditKeySchema),
    latestCheckpoint: () => get('/v1/audit/checkpoints/latest', auditCheckpointSchema),
    auditCheckpoints: (query: { after?: number | undefined }) =>
      get('/v1/audit/checkpoints', auditCheckpointPageSchema, query),
    inclusionProof: (query: { leaf: number; size: number }) =>
      get('/v1/audit/proofs/inclusion', inclusionProofSchema, query),
    consistencyProof: (query: { from: number; to: number }) =>
      get('/v1/audit/proofs/consistency', consistencyProofSchema, query),
  };
}
export type ApiClient = ReturnType<typeof apiClient>;
