import type { Hono } from 'hono';
import type { ApiEnvironment } from '../environment.js';
import type { SigningKeys } from '../signing.js';
import type { ApiStores } from '../stores.js';
import { commandRun } from './command-run.js';
import { decide } from './decide.js';
import { listApprovals } from './list-approvals.js';
import { listAudit } from './list-audit.js';
import { listModels } from './list-models.js';
import { listRuns } from './list-runs.js';
import { recordFeedback } from './record-feedback.js';
import { showAlias } from './show-alias.js';
import { showApproval } from './show-approval.js';
import { showChecklist } from './show-checklist.js';
import { showDatasheet, showModelCard } from './show-document.js';
import { showEvidence } from './show-evidence.js';
import { showRun } from './show-run.js';
import { startRun } from './start-run.js';
import { waive } from './waive.js';
import { whoami } from './whoami.js';

/** All that the api answers, one verb a file. */
export function addRoutes(app: Hono<ApiEnvironment>, stores: ApiStores, keys: SigningKeys): void {
  app.get('/v1/whoami', whoami());
  app.post('/v1/runs', startRun(stores));
  app.get('/v1/runs', listRuns(stores));
  app.get('/v1/runs/:id', showRun(stores));
  app.post('/v1/runs/:id/commands', commandRun(stores));
  app.get('/v1/approvals', listApprovals(stores));
  app.get('/v1/approvals/:id', showApproval(stores, keys));
  app.post('/v1/approvals/:id/decisions', decide(stores, keys));
  app.post('/v1/approvals/:id/waivers', waive(stores, keys));
  app.get('/v1/models', listModels(stores));
  app.get('/v1/models/:name', listModels(stores));
  app.get('/v1/models/:version/checklist', showChecklist(stores, keys));
  app.get('/v1/models/:version/card', showModelCard(stores, keys));
  app.get('/v1/models/:version/datasheet', showDatasheet(stores, keys));
  app.get('/v1/aliases/:alias', showAlias(stores));
  app.post('/v1/feedback', recordFeedback(stores));
  app.get('/v1/audit', listAudit(stores));
  app.get('/v1/evidence/:id', showEvidence(stores));
}
