import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import type { TriedPolicy } from '../../domain/api/policy.js';
import { shortDigest } from '../../domain/kernel/digest.js';
import { readPolicy } from '../../domain/lifecycle-file/read-policy.js';
import { action, type Host } from '../action.js';
import { colours } from '../colours.js';
import { columns } from '../columns.js';
import { ok } from '../outcome.js';
import { plainText } from '../plain-text.js';
import { policyInWords } from '../plan/release-words.js';
import { examples } from './example.js';

export const policyCommand = (host: Host): Command =>
  new Command('policy')
    .description('who has to sign: check a policy, try it on past requests, list those in use')
    .addCommand(checkCommand(host))
    .addCommand(testCommand(host))
    .addCommand(listCommand(host))
    .addHelpText(
      'after',
      examples('assay policy check policies/two-person.yaml', 'assay policy test policies/strict.yaml'),
    );

const checkCommand = (host: Host): Command =>
  new Command('check')
    .description('check a policy file and say in words what it asks; needs no api')
    .argument('<file>', 'an ApprovalPolicy file')
    .addHelpText('after', examples('assay policy check policies/two-person.yaml'))
    .action(
      action<object, [string]>(host, async (_context, _options, file) => {
        const policy = await readPolicy(file, (path) => readFile(path, 'utf8'));
        return ok({ policy }, policyInWords(policy));
      }),
    );

const testCommand = (host: Host): Command =>
  new Command('test')
    .description('what a policy would have said of past requests, with the signatures on file; nothing is written')
    .argument('<file>', 'an ApprovalPolicy file')
    .option('--latest <n>', 'so many requests', count)
    .addHelpText('after', examples('assay policy test policies/strict.yaml --latest 20'))
    .action(
      action<{ latest?: number }, [string]>(host, async (context, { latest }, file) => {
        const policy = await readPolicy(file, (path) => readFile(path, 'utf8'));
        const { requests } = await context.api().tryPolicy({ policy, ...(latest !== undefined && { limit: latest }) });
        const changed = requests.filter((one) => one.state !== 'open' && one.wouldBe !== one.state);
        const lines = requests.length === 0 ? ['no requests to try it on'] : columns(requests.map(row));
        const sum = `${requests.length} requests, ${changed.length} of those that ended would have come out otherwise`;
        return ok({ requests }, [...lines, sum]);
      }),
    );

const listCommand = (host: Host): Command =>
  new Command('list')
    .description('the policies that runs were asked for with')
    .addHelpText('after', examples('assay policy list'))
    .action(
      action<object, []>(host, async (context) => {
        const { policies } = await context.api().policies();
        const rows = policies.map(({ name, version, digest, recordedBy, recordedAt }) => [
          `${name}@${version}`,
          shortDigest(digest),
          `first used by ${plainText(recordedBy)}`,
          recordedAt.slice(0, 16),
        ]);
        return ok({ policies }, rows.length === 0 ? ['no policies'] : columns(rows));
      }),
    );

function row({ requestId, state, wouldBe, missing, discounted, automatic }: TriedPolicy['requests'][number]): string[] {
  const lacks = missing.map(({ role, count: each }) => `${each} ${role} missing`);
  const others = discounted.map(({ principal, reason }) => `${plainText(principal)}: ${plainText(reason)}`);
  const itself = automatic === null ? [] : [`by itself: ${plainText(automatic.reason)}`];
  const verdict = wouldBe === state ? wouldBe : colours.yellow(wouldBe);
  return [requestId, state, '→', verdict, [...lacks, ...others, ...itself].join('; ')];
}

function count(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text) || Number(text) > 200) throw new InvalidArgumentError('expected 1 to 200');
  return Number(text);
}
