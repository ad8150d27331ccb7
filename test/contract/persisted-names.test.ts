import { describe, expect, it } from 'vitest';
import { AUDIT_ACTIONS } from '../../db/audit/actions.js';
import { DECISION_PAYLOAD_TYPE, WAIVER_PAYLOAD_TYPE } from '../../domain/approvals/statement.js';
import { EXPORT_FORMAT } from '../../domain/audit/export-line.js';
import { UNUSED_REASONS } from '../../domain/data/unused-record.js';
import { EVIDENCE_KINDS } from '../../domain/evidence/evidence.js';
import { ERROR_CODES } from '../../domain/kernel/errors.js';
import { TASK_ANSWER_PAYLOAD_TYPE } from '../../domain/tasks/statement.js';
import { NOTIFIED_EVENTS } from '../../domain/notifications/events.js';
import * as states from '../../domain/kernel/states.js';
import { DATA_TASK_QUEUE, TASK_QUEUE, WORKFLOW_TYPES, workflowIds } from '../../providers/temporal/names.js';
import * as workflows from '../../workflows/index.js';

/** What stands in databases, histories and signed statements: a change here is a migration, never a rename. */
describe('persisted names', () => {
  it('are those that earlier versions wrote', () => {
    const constants = Object.fromEntries(Object.entries(states).filter(([, value]) => Array.isArray(value)));
    expect({
      ...constants,
      errorCodes: ERROR_CODES,
      evidenceKinds: EVIDENCE_KINDS,
      auditActions: AUDIT_ACTIONS,
      auditExportFormat: EXPORT_FORMAT,
      notifiedEvents: NOTIFIED_EVENTS,
      unusedReasons: UNUSED_REASONS,
      payloadTypes: [DECISION_PAYLOAD_TYPE, WAIVER_PAYLOAD_TYPE, TASK_ANSWER_PAYLOAD_TYPE],
      queues: [TASK_QUEUE, DATA_TASK_QUEUE],
      workflowTypes: Object.keys(workflows).sort(),
      workflowIds: {
        lifecycle: workflowIds.lifecycle('p', 'run-1'),
        importBase: workflowIds.importBase('import-1'),
        approval: workflowIds.approval('run-1'),
        retrain: workflowIds.retrain('p', 'm'),
        monitor: workflowIds.monitor('p', 'a'),
        retrainByClock: workflowIds.retrainByClock('p', 'm'),
        schedule: workflowIds.schedule('p', 's'),
        scheduledRun: workflowIds.scheduledRun('p', 's', '2026-03-29T01:00:00Z'),
      },
    }).toMatchSnapshot();
  });

  it('name workflows that exist', () => {
    expect(Object.keys(workflows)).toEqual(expect.arrayContaining(Object.values(WORKFLOW_TYPES)));
  });
});
