import { Command } from 'commander';
import { colours } from '../colours.js';
import { action, type Host } from '../action.js';
import { readDevFile } from '../dev-file.js';
import { runCheck, type Finding } from '../../domain/health-check.js';
import { machineChecks } from '../doctor/machine-checks.js';
import { serviceChecks } from '../doctor/service-checks.js';
import { workerFindings } from '../doctor/worker-findings.js';
import { plainText } from '../plain-text.js';
import { examples } from './example.js';

export const doctorCommand = (host: Host): Command =>
  new Command('doctor')
    .description('look at what Assay needs, and say what to do about what is missing')
    .option(
      '--worker',
      'also look at what a worker of this environment needs, and ask its providers whether jobs may be created',
    )
    .addHelpText('after', examples('assay doctor', 'assay doctor --worker', 'assay doctor --json'))
    .action(
      action<{ apiUrl?: string; worker?: boolean }, []>(host, async (context, options) => {
        const dev = readDevFile(context.home);
        const apiUrl = options.apiUrl ?? context.config.apiUrl ?? dev?.apiUrl;
        const checks = [...machineChecks(context.home), ...serviceChecks(context.home, apiUrl, dev)];
        const found = await Promise.all(checks.map(runCheck));
        const findings = options.worker === true ? [...found, ...(await workerFindings())] : found;
        const isWell = findings.every(({ state }) => state !== 'failed');
        return { code: isWell ? 'OK' : 'NO', data: { findings }, lines: findingLines(findings) };
      }),
    );

const MARKS = {
  ok: colours.green('✓'),
  warning: colours.yellow('!'),
  failed: colours.red('✗'),
  skipped: colours.dim('–'),
};

function findingLines(findings: readonly Finding[]): string[] {
  const width = Math.max(...findings.map(({ name }) => name.length));
  return findings.flatMap(({ name, state, detail, remedy }) => {
    const line = `${MARKS[state]} ${name.padEnd(width)} ${plainText(detail)}`;
    return remedy === undefined ? [line] : [line, `  → ${remedy}`];
  });
}
