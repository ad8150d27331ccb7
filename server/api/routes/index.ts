import type { Route } from '../route.js';
import { listCheckpointsRoute, showAuditKeyRoute, showLatestCheckpointRoute } from './audit-checkpoints.js';
import { proveConsistencyRoute, proveInclusionRoute } from './audit-proofs.js';
import { answerTaskRoute } from './answer-task.js';
import { commandRunRoute } from './command-run.js';
import { decideRoute } from './decide.js';
import { delegateRoute } from './delegate.js';
import { exportApprovalRoute } from './export-approval.js';
import { followEventsRoute } from './follow-events.js';
import { forkRunRoute } from './fork-run.js';
import { listDelegationsRoute } from './list-delegations.js';
import { listPoliciesRoute } from './list-policies.js';
import { revokeDelegationRoute } from './revoke-delegation.js';
import { tryPolicyRoute } from './try-policy.js';
import { listImportsRoute, requestImportRoute, showImportRoute } from './imports.js';
import { listApprovalsRoute } from './list-approvals.js';
import { listAuditRoute } from './list-audit.js';
import { listLimitsRoute } from './list-limits.js';
import { listModelsRoute, listVersionsRoute } from './list-models.js';
import { listPromptsRoute } from './list-prompts.js';
import { commandScheduleRoute } from './command-schedule.js';
import { createScheduleRoute } from './create-schedule.js';
import { listScheduleTimesRoute } from './list-schedule-times.js';
import { listSchedulesRoute } from './list-schedules.js';
import { showScheduleRoute } from './show-schedule.js';
import { listRunsRoute } from './list-runs.js';
import { listTasksRoute } from './list-tasks.js';
import { openTaskRoute } from './open-task.js';
import { listPromptAliasesRoute, setPromptAliasRoute } from './prompt-aliases.js';
import { pushPromptRoute } from './push-prompt.js';
import { previewRunRoute } from './preview-run.js';
import { recordFeedbackRoute } from './record-feedback.js';
import { recreateModelRoute } from './recreate-model.js';
import { showAliasRoute } from './show-alias.js';
import { showApprovalRoute } from './show-approval.js';
import { showComparisonRoute } from './show-comparison.js';
import { showChecklistRoute } from './show-checklist.js';
import { showDatasheetRoute, showModelCardRoute } from './show-document.js';
import { showEvidenceRoute } from './show-evidence.js';
import { showPromptRoute } from './show-prompt.js';
import { showRunRoute } from './show-run.js';
import { showRunLogRoute } from './show-run-log.js';
import { showTaskRoute } from './show-task.js';
import { startRunRoute } from './start-run.js';
import { taskAgreementRoute } from './task-agreement.js';
import { waiveRoute } from './waive.js';
import { whoamiRoute } from './whoami.js';
import { deactivatePrincipalRoute, issueCodeRoute, reactivatePrincipalRoute } from './accounts/change-principal.js';
import { createTokenRoute } from './accounts/create-token.js';
import { grantAdminRoute, revokeAdminRoute } from './accounts/installation-admins.js';
import { createPrincipalRoute, listPrincipalsRoute } from './accounts/principals.js';
import { createProjectRoute, listProjectsRoute } from './accounts/projects.js';
import { grantRoleRoute, revokeRoleRoute } from './accounts/role-grants.js';
import { declareRoleRoute, listRolesRoute } from './accounts/roles.js';
import { listTokensRoute, revokeTokenRoute } from './accounts/tokens.js';
import { bootstrapRoute } from './auth/bootstrap.js';
import { setPasswordRoute } from './auth/set-password.js';
import { confirmDeviceRoute, lookAtDeviceRoute } from './auth/confirm-device.js';
import { pollDeviceRoute, startDeviceRoute } from './auth/device.js';
import { changePasswordRoute } from './auth/change-password.js';
import { endSessionRoute, listSessionsRoute } from './auth/sessions.js';
import { showSignInOptionsRoute } from './auth/show-sign-in-options.js';
import { signInAsDemoRoute } from './auth/sign-in-as-demo.js';
import { signInLocallyRoute } from './auth/sign-in-locally.js';
import { signOutRoute } from './auth/sign-out.js';
import { correctAliasRoute } from './correct-alias.js';
import { showLiveRoute } from './show-live.js';
import { addChannelRoute, addWebhookRoute } from './add-channel.js';
import { changeChannelSecretsRoute, changeWebhookSecretsRoute } from './change-channel-secrets.js';
import { listChannelsRoute, listWebhooksRoute } from './list-channels.js';
import { listChannelDeliveriesRoute, listDeliveriesRoute, listNotificationsRoute } from './list-deliveries.js';
import { changeAddressRoute, showAddressRoute } from './notification-address.js';
import { redeliverNotificationRoute, redeliverRoute } from './redeliver.js';
import { removeChannelRoute, removeWebhookRoute } from './remove-channel.js';
import { testChannelRoute, testWebhookRoute } from './test-channel.js';

/** All that the api answers: each file holds one verb and the entry that describes it. */
export const ROUTES: readonly Route[] = [
  whoamiRoute,
  showSignInOptionsRoute,
  signInLocallyRoute,
  signInAsDemoRoute,
  signOutRoute,
  changePasswordRoute,
  listSessionsRoute,
  endSessionRoute,
  bootstrapRoute,
  setPasswordRoute,
  startDeviceRoute,
  pollDeviceRoute,
  lookAtDeviceRoute,
  confirmDeviceRoute,
  listTokensRoute,
  createTokenRoute,
  revokeTokenRoute,
  listPrincipalsRoute,
  createPrincipalRoute,
  deactivatePrincipalRoute,
  reactivatePrincipalRoute,
  issueCodeRoute,
  listProjectsRoute,
  createProjectRoute,
  listRolesRoute,
  declareRoleRoute,
  grantRoleRoute,
  revokeRoleRoute,
  grantAdminRoute,
  revokeAdminRoute,
  startRunRoute,
  listRunsRoute,
  showRunRoute,
  showRunLogRoute,
  commandRunRoute,
  forkRunRoute,
  previewRunRoute,
  createScheduleRoute,
  listSchedulesRoute,
  showScheduleRoute,
  listScheduleTimesRoute,
  commandScheduleRoute,
  listApprovalsRoute,
  showApprovalRoute,
  exportApprovalRoute,
  showComparisonRoute,
  decideRoute,
  waiveRoute,
  listTasksRoute,
  openTaskRoute,
  taskAgreementRoute,
  showTaskRoute,
  answerTaskRoute,
  delegateRoute,
  listDelegationsRoute,
  revokeDelegationRoute,
  listPoliciesRoute,
  tryPolicyRoute,
  listModelsRoute,
  listVersionsRoute,
  showChecklistRoute,
  showModelCardRoute,
  showDatasheetRoute,
  recreateModelRoute,
  requestImportRoute,
  listImportsRoute,
  showImportRoute,
  listPromptsRoute,
  pushPromptRoute,
  showPromptRoute,
  listPromptAliasesRoute,
  setPromptAliasRoute,
  showAliasRoute,
  showLiveRoute,
  correctAliasRoute,
  recordFeedbackRoute,
  listLimitsRoute,
  listAuditRoute,
  showAuditKeyRoute,
  listCheckpointsRoute,
  showLatestCheckpointRoute,
  proveInclusionRoute,
  proveConsistencyRoute,
  showEvidenceRoute,
  followEventsRoute,
  addWebhookRoute,
  listWebhooksRoute,
  removeWebhookRoute,
  changeWebhookSecretsRoute,
  testWebhookRoute,
  listDeliveriesRoute,
  redeliverRoute,
  addChannelRoute,
  listChannelsRoute,
  removeChannelRoute,
  changeChannelSecretsRoute,
  testChannelRoute,
  listChannelDeliveriesRoute,
  redeliverNotificationRoute,
  listNotificationsRoute,
  showAddressRoute,
  changeAddressRoute,
];
