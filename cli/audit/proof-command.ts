import { Command } from 'commander';
import { parseCheckpoint } from '../../domain/audit/checkpoint-note.js';
import { eventLeafHash } from '../../domain/audit/event-content.js';
import { judgeSignature, parseVerifierKey, type VerifierKey } from '../../domain/audit/signed-note.js';
import { verifyConsistency, verifyInclusion } from '../../domain/evidence/merkle-verify.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { AuditCheckpoint, AuditEntry, InclusionProof } from '../../domain/api/audit.js';
import { action, type Host } from '../action.js';
import type { ApiClient } from '../api-client.js';
import { colours } from '../colours.js';
import { columns } from '../columns.js';
import { examples } from '../commands/example.js';
import { wholeNumber } from './entries.js';
import { keyArgument } from './key-argument.js';
import { keepSeen, readSeen } from './seen-checkpoints.js';

export const auditProofCommand = (host: Host): Command =>
  new Command('proof')
    .description('print the proof that one entry stands under the last checkpoint, and check it here')
    .argument('<leafIndex>', 'the entry', wholeNumber)
    .option('--key <vkey>', "the log's verifier key as you know it; default: as the api names it", keyArgument)
    .addHelpText('after', examples('assay audit proof 17', 'assay audit proof 17 --key "$(cat log.vkey)" --json'))
    .action(
      action<{ key?: VerifierKey }, [number]>(host, async (context, options, leafIndex) => {
        const api = context.api();
        const [{ keys }, checkpoint] = [await api.auditKey(), await api.latestCheckpoint()];
        if (leafIndex >= checkpoint.size)
          throw new LifecycleError(
            'NOT_FOUND',
            `Entry ${leafIndex} is under no checkpoint: the last one signs ${checkpoint.size} entries. Ask again in a second.`,
          );
        const entry = (await api.audit({ after: leafIndex - 1, limit: 1 })).entries[0];
        const proof = await api.inclusionProof({ leaf: leafIndex, size: checkpoint.size });
        const accepted = options.key === undefined ? keys.map(({ vkey }) => parseVerifierKey(vkey)) : [options.key];
        const seen = readSeen(context.home, parseCheckpoint(checkpoint.note).origin);
        const problems = [
          ...entryProblems(entry, proof),
          ...checkpointProblems(checkpoint, proof, accepted),
          ...(seen === undefined ? [] : await seenProblems(api, checkpoint, seen)),
        ];
        const isSound = problems.length === 0;
        if (isSound) keepSeen(context.home, checkpoint.note);
        const verdict = isSound
          ? [`entry ${leafIndex} stands under the checkpoint of size ${checkpoint.size}`]
          : problems.map((line) => colours.red(`✗ ${line}`));
        return {
          code: isSound ? 'OK' : 'NO',
          data: { entry: entry ?? null, proof, checkpoint, problems },
          lines: [...columns(rows(entry, proof)), '', ...checkpoint.note.trimEnd().split('\n'), '', ...verdict],
        };
      }),
    );

function entryProblems(entry: AuditEntry | undefined, proof: InclusionProof): string[] {
  const { leafIndex } = proof;
  if (entry?.leafIndex !== leafIndex) return [`Entry ${leafIndex} is missing in the log.`];
  const isAsProved = entry.leafHash === proof.leafHash;
  const isAsChained = entry.event === null || eventLeafHash(entry.event).toString('hex') === entry.leafHash;
  return isAsProved && isAsChained ? [] : [`Entry ${leafIndex} does not say what was chained.`];
}

function checkpointProblems(
  { size, note }: AuditCheckpoint,
  { leafIndex, leafHash, proof, ...proved }: InclusionProof,
  keys: readonly VerifierKey[],
): string[] {
  const checkpoint = parseCheckpoint(note);
  const isSigned = judgeSignature(checkpoint.note, keys).state === 'verified';
  const isUnder =
    checkpoint.size === size &&
    proved.size === size &&
    verifyInclusion({
      leafHash: Buffer.from(leafHash, 'hex'),
      index: leafIndex,
      size,
      proof: proof.map((hash) => `sha256:${hash}` as const),
      root: `sha256:${checkpoint.root.toString('hex')}`,
    });
  return [
    ...(isSigned ? [] : [`The checkpoint of size ${size} is not signed by a key that counts.`]),
    ...(isUnder ? [] : [`The proof does not lead to the root of the checkpoint of size ${size}.`]),
  ];
}

/** The last checkpoint seen on this machine must be a beginning of this one. */
async function seenProblems(api: ApiClient, latest: AuditCheckpoint, note: string): Promise<string[]> {
  const seen = parseCheckpoint(note);
  const now = parseCheckpoint(latest.note);
  if (seen.size > now.size)
    return [`The log was cut back: its last checkpoint signs ${now.size} entries, one seen here before ${seen.size}.`];
  const { proof } = await api.consistencyProof({ from: seen.size, to: now.size });
  const isBeginning = verifyConsistency({
    oldSize: seen.size,
    oldRoot: `sha256:${seen.root.toString('hex')}`,
    newSize: now.size,
    newRoot: `sha256:${now.root.toString('hex')}`,
    proof: proof.map((hash) => `sha256:${hash}` as const),
  });
  return isBeginning
    ? []
    : [`A fork: the log does not begin with the checkpoint of size ${seen.size} seen here before.`];
}

function rows(entry: AuditEntry | undefined, { leafHash, root, proof }: InclusionProof): string[][] {
  const { event = null } = entry ?? {};
  return [
    ...(event === null
      ? [['entry', '(another project: by its hash alone)']]
      : [['entry', `${event.at} ${event.actor} ${event.action} ${event.subject}`]]),
    ['leaf', leafHash],
    ...proof.map((hash, at) => [at === 0 ? 'path' : '', hash]),
    ['root', root],
  ];
}
