import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/**
 * Trains the transformer of this folder through Assay, start to end: its Python is set up, Assay is started, the training
 * is killed in the middle with `kill -9`, goes on from its checkpoint, is judged, signed for and served. At the end the
 * same training is run again without a break, and the weights are compared.
 *
 *   node --import tsx examples/self-hosted/try.ts
 */
const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = resolve(HERE, '../..');
const HOME = join(ROOT, '.assay/self-hosted');
const VENV = join(HERE, 'trainer/.venv');
const PYTHON = join(VENV, 'bin/python');
const KILL_AT_STEP = 90;

const children: ChildProcess[] = [];

const say = (line: string): void => console.log(line);

/** Runs a program to its end; what it prints is shown. @returns what it printed */
async function run(program: string, args: string[], options: { cwd?: string; quiet?: boolean } = {}): Promise<string> {
  const child = spawn(program, args, { cwd: options.cwd ?? ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += String(chunk);
    if (options.quiet !== true) process.stdout.write(chunk);
  });
  const code = await new Promise((done) => child.once('close', done));
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${String(code)}`);
  return printed;
}

/** The command line, as a person would call it. */
function assay(
  words: string,
  { more = [], quiet = false }: { more?: string[]; quiet?: boolean } = {},
): Promise<string> {
  if (!quiet) say(`\n$ assay ${words}`);
  return run(process.execPath, ['--import', 'tsx', 'cli/main.ts', ...words.split(' '), ...more, '--home', HOME], {
    quiet,
  });
}

/** Starts something that stays; answers once it has said that it is ready. */
async function start(program: string, args: string[], ready: RegExp): Promise<void> {
  const commands = join(HERE, 'commands.yaml');
  const child = spawn(program, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    // oxlint-disable-next-line node/no-process-env -- what it starts sees what it sees
    env: { ...process.env, ASSAY_COMMANDS: commands },
  });
  children.push(child);
  await new Promise<void>((done, fail) => {
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += String(chunk);
        if (ready.test(said)) done();
      });
    child.once('exit', (code) => fail(new Error(`${args.join(' ')} ended with ${String(code)}: ${said}`)));
  });
}

async function setUpPython(): Promise<void> {
  if (existsSync(join(VENV, 'ready'))) return;
  const began = Date.now();
  rmSync(VENV, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', VENV]);
  await run(PYTHON, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '-r',
    join(HERE, 'trainer/requirements.txt'),
  ]);
  mkdirSync(join(VENV, 'ready'));
  say(`Python with PyTorch is set up: ${Math.round((Date.now() - began) / 1000)} s`);
}

interface Entry {
  message: string | null;
  action: string | null;
  stage: string | null;
  details: Record<string, number>;
}

async function until(runId: string, what: string, isThere: (entries: Entry[]) => boolean): Promise<Entry[]> {
  for (let looks = 0; looks < 600; looks++) {
    const { entries } = JSON.parse(await assay(`logs ${runId} --json --as demo-ada`, { quiet: true })) as {
      entries: Entry[];
    };
    if (isThere(entries)) return entries;
    if (entries.some(({ action }) => action === 'run.finished')) throw new Error(`the run ended before ${what}`);
    await sleep(300);
  }
  throw new Error(`it took too long: ${what}`);
}

/** The process of the training, by the job's mark in its environment. */
function trainingProcess(): number {
  const pid = readdirSync('/proc').find((name) => {
    try {
      return (
        readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('trainer/train.py') &&
        readFileSync(`/proc/${name}/environ`, 'utf8').includes('ASSAY_JOB=')
      );
    } catch {
      return false;
    }
  });
  if (pid === undefined) throw new Error('there is no training process');
  return Number(pid);
}

const digestOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

async function tryIt(): Promise<void> {
  await setUpPython();
  rmSync(HOME, { recursive: true, force: true });
  await start(process.execPath, ['--import', 'tsx', 'cli/main.ts', 'dev', '--home', HOME], /ready after/);
  await start(PYTHON, [join(HERE, 'trainer/serve.py'), join(HOME, 'jobs/models')], /ready at/);
  say('Assay and the server of the models are up');

  const began = Date.now();
  const started = JSON.parse(
    await assay('run -f examples/self-hosted/assay.yaml --as demo-ada --json', { quiet: true }),
  ) as {
    runId: string;
  };
  const { runId } = started;
  await until(runId, 'the kill', (entries) => entries.some(({ details }) => (details['step'] ?? 0) >= KILL_AT_STEP));
  const killed = trainingProcess();
  process.kill(killed, 'SIGKILL');
  say(`kill -9 ${killed}: the training is dead after step ${KILL_AT_STEP}`);
  await until(runId, 'its evaluation', (entries) =>
    entries.some(({ action, stage }) => action === 'stage.began' && stage === 'approve'),
  );
  say(`trained and evaluated after ${Math.round((Date.now() - began) / 1000)} s`);

  await assay(`logs ${runId} --as demo-ada --stage fine-tune`);
  const lastDay = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  const waiver = ['--purpose', 'a try', '--until', lastDay, '--reason', 'the mail is public and old'];
  await assay(`waive ${runId} QD3 --as demo-leo --yes`, { more: waiver, quiet: true });
  await assay(`approve ${runId} --as demo-ruth --yes`, { more: ['--reason', 'the interval was read'], quiet: true });
  await assay(`approve ${runId} --as demo-leo --yes`, { more: ['--reason', 'the interval was read'], quiet: true });
  say('demo-ruth and demo-leo have signed');
  await assay(`watch ${runId} --as demo-ada`);
  await assay(`show ${runId} --as demo-ada`);
  await askGateway();
  await compareWithoutBreak();
}

async function askGateway(): Promise<void> {
  const { gatewayUrl, gatewayToken } = JSON.parse(readFileSync(join(HOME, 'dev.json'), 'utf8')) as Record<
    string,
    string
  >;
  for (const content of [
    'You have won! Claim your free money now, click here',
    'Re: [list] the build fails on the second machine, patch attached',
  ]) {
    const answer = await fetch(`${gatewayUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gatewayToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'mail-sorter', messages: [{ role: 'user', content }] }),
    });
    const { choices } = (await answer.json()) as { choices: { message: { content: string } }[] };
    say(`"${content}"  →  ${choices[0]?.message.content}`);
  }
}

/** The same training in a folder of its own, never killed. */
async function compareWithoutBreak(): Promise<void> {
  const [job] = readdirSync(join(HOME, 'jobs')).filter((name) => name.startsWith('job-'));
  const done = join(HOME, 'jobs', job!, 'work');
  const again = join(HOME, 'again');
  for (const folder of ['checkpoints', 'artifacts']) mkdirSync(join(again, folder), { recursive: true });
  for (const input of ['training.jsonl', 'validation.jsonl', 'params.json'])
    cpSync(join(done, input), join(again, input));
  say('\nthe same training again, without a break:');
  await run(PYTHON, ['-u', join(HERE, 'trainer/train.py')], { cwd: again });
  const [resumed, whole] = [done, again].map((folder) => digestOf(join(folder, 'artifacts/model.safetensors')));
  say(`weights of the training that was killed   ${resumed}\nweights of the one that was not           ${whole}`);
  say(resumed === whole ? 'they are the same' : 'THEY DIFFER');
  if (resumed !== whole) process.exitCode = 1;
}

try {
  await tryIt();
} finally {
  for (const child of children.toReversed()) child.kill('SIGTERM');
}
