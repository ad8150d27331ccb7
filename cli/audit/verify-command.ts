import { createReadStream } from 'node:fs';
import { Command } from 'commander';
import type { LogReport, TrustedCheckpoint } from '../../domain/audit/log-report.js';
import type { VerifierKey } from '../../domain/audit/signed-note.js';
import { createLogVerifier } from '../../domain/audit/verify-log.js';
import { readLines } from '../../domain/data/lines.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { action, type Host } from '../action.js';
import { colours } from '../colours.js';
import { examples } from '../commands/example.js';
import { readNamedFile } from '../read-named-file.js';
import { keyArgument } from './key-argument.js';
import { reportLines } from './report-lines.js';
import { keepSeen, readSeen } from './seen-checkpoints.js';

interface VerifyCommandOptions {
  checkpoint?: string[];
  key?: VerifierKey[];
  /** Of `--no-memory`. */
  memory: boolean;
}

export const auditVerifyCommand = (host: Host): Command =>
  new Command('verify')
    .description('verify an exported log offline: entries, order, checkpoints, signatures')
    .argument('<file>', 'what "assay audit export" wrote')
    .option('--checkpoint <file>', 'a checkpoint that you trust, kept from before; may be repeated', collect)
    .option('--key <vkey>', "the log's verifier key as you know it; may be repeated", collectKey)
    .option('--no-memory', 'neither compare with the last checkpoint seen on this machine, nor keep one')
    .addHelpText(
      'after',
      examples(
        'assay audit verify audit.jsonl',
        'assay audit verify audit.jsonl --checkpoint 000000000120.note --key "$(cat log.vkey)"',
      ),
    )
    .action(
      action<VerifyCommandOptions, [string]>(host, async ({ home }, options, file) => {
        const given = await Promise.all((options.checkpoint ?? []).map(readNamedFile));
        const report = await verifyFile(file, {
          keys: options.key ?? [],
          trusted: (origin) => [
            ...given.map((note): TrustedCheckpoint => ({ source: 'given', note })),
            ...(options.memory ? seen(home, origin) : []),
          ],
        });
        const isSound = report.problems.length === 0;
        if (isSound && options.memory && report.last !== null) keepSeen(home, report.last.note);
        const lines = reportLines(report);
        return {
          code: isSound ? 'OK' : 'NO',
          data: { file, ...report },
          lines: isSound ? lines : lines.map(redIfWrong),
        };
      }),
    );

const seen = (home: string, origin: string): TrustedCheckpoint[] => {
  const note = readSeen(home, origin);
  return note === undefined ? [] : [{ source: 'remembered', note }];
};

async function verifyFile(file: string, options: Parameters<typeof createLogVerifier>[0]): Promise<LogReport> {
  const verifier = createLogVerifier(options);
  const content = createReadStream(file).on('error', () => undefined);
  try {
    for await (const { text } of readLines(content)) verifier.line(text);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new LifecycleError('NOT_FOUND', `Cannot read ${file}. Check the path.`, { file }, error);
  }
  return verifier.finish();
}

const redIfWrong = (line: string): string => (line.startsWith('✗') ? colours.red(line) : line);
const collect = (value: string, before: string[] = []): string[] => [...before, value];
const collectKey = (value: string, before: VerifierKey[] = []): VerifierKey[] => [...before, keyArgument(value)];
