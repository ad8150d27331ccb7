import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { action, type Host } from '../action.js';
import { examples } from '../commands/example.js';
import { ok } from '../outcome.js';

export const exportApprovalCommand = (host: Host): Command =>
  new Command('export')
    .description('write a request with every signature as one file, for "assay approvals verify"')
    .argument('<request>', 'the id of the request')
    .requiredOption('-o, --output <file>', 'the file')
    .addHelpText('after', examples('assay approvals export request-3 -o approval.json'))
    .action(
      action<{ output: string }, [string]>(host, async (context, { output }, id) => {
        const exported = await context.api().approvalFile(id);
        await writeFile(output, `${JSON.stringify(exported, null, 2)}\n`, { mode: 0o600 }).catch((cause: unknown) => {
          throw new LifecycleError('INVALID_INPUT', `Cannot write ${output}. Check the path.`, { output }, cause);
        });
        const { decisions, waivers } = exported.file;
        const counts = { decisions: decisions.length, waivers: waivers.length };
        return ok({ file: output, ...counts }, [
          `${counts.decisions} decisions and ${counts.waivers} waivers of ${id} in ${output}`,
          `check it: assay approvals verify ${output}`,
        ]);
      }),
    );
