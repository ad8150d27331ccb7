import { Command } from 'commander';
import { colours } from '../colours.js';
import { action, type Host } from '../action.js';
import { readDevFile } from '../dev-file.js';
import { runCheck, type Finding } from '../doctor/health-check.js';
import { machineChecks } from '../doctor/machine-checks.js';
import { serviceChecks } from '../doctor/service-checks.js';
import { plainText } from '../plain-text.js';
import { examples } from './example.js';

export const doctorCommand = (host: Host): Command =>
  new Command('doctor')
    .description('look at what Assay needs, and say what to do about what is missing')
    .addHelpText('after', examples('assay doctor', 'assay doctor --json'))
    .action(
      action<{ apiUrl?: string }, []>(host, async (context, options) => {
        const dev = readDevFile(context.home);
        const apiUrl = options.apiUrl ?? context.config.apiUrl ?? dev?.apiUrl;
        const checks = [...machineChecks(context.home), ...serviceChecks(context.home, apiUrl, dev)];
        const findings = await Promise.all(checks.map(runCheck));
        const isWell = findings.every(({ state }) => state !== 'failed');
        return { code: isWell ? 'OK' : 'NO', data: { findings }, lines: findings.flatMap(findingLines) };
      }),
    );

const MARKS = { ok: colours.green('✓'), failed: colours.red('✗'), skipped: colours.dim('–') };

function findingLines({ name, state, detail, remedy }: Finding): string[] {
  const line = `${MARKS[state]} ${name.padEnd(17)} ${plainText(detail)}`;
  return remedy === undefined ? [line] : [line, `  → ${remedy}`];
}
