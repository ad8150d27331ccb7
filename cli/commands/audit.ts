import { Command } from 'commander';
import { auditExportCommand } from '../audit/export-command.js';
import { auditKeyCommand } from '../audit/key-command.js';
import { auditListCommand } from '../audit/list-command.js';
import { auditProofCommand } from '../audit/proof-command.js';
import { auditVerifyCommand } from '../audit/verify-command.js';
import type { Host } from '../action.js';
import { examples } from './example.js';

export const auditCommand = (host: Host): Command =>
  new Command('audit')
    .description('read, export and verify the audit log: who did what, when, on which evidence')
    .addCommand(auditListCommand(host), { isDefault: true })
    .addCommand(auditExportCommand(host))
    .addCommand(auditVerifyCommand(host))
    .addCommand(auditProofCommand(host))
    .addCommand(auditKeyCommand(host))
    .addHelpText(
      'after',
      examples('assay audit --after 120', 'assay audit export -o audit.jsonl', 'assay audit verify audit.jsonl'),
    );
