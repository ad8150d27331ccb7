import { existsSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastAttempt } from '../../providers/command/attempts.js';
import { hasEnded } from '../../domain/training/has-ended.js';
import { createCommandWorld, PROGRAM, type CommandWorld } from '../support/command-trainer.js';

let world: CommandWorld;
beforeAll(async () => void (world = await createCommandWorld()));
afterAll(() => world.stop());

const bytesOf = async (content: AsyncIterable<Uint8Array>): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

describe.concurrent('a command that trains', () => {
  it('gets its inputs and parameters, tells its losses, and leaves its weights under the name it is served by', async () => {
    const trainer = await world.trainer(
      `${PROGRAM}
      const { parameters, seed, model } = JSON.parse(fs.readFileSync('params.json', 'utf8'));
      metric({ step: 1, epoch: 1, train_loss: 0.5, note: 'not a number' });
      metric({ step: 2, epoch: 1, train_loss: 0.25, eval_loss: 0.75 });
      console.log('\\u001b[31mred\\u001b[0m', fs.readFileSync('training.jsonl', 'utf8').trim());
      fs.mkdirSync('artifacts/more');
      fs.writeFileSync('artifacts/more/notes.txt', 'notes');
      leave(JSON.stringify({ parameters, seed, model, argv: process.argv.slice(2) }));`,
      {
        params: {
          epochs: { type: 'integer', min: 1, max: 9, default: 3 },
          optimizer: { type: 'string', enum: ['adamw', 'sgd'], default: 'adamw' },
        },
      },
    );
    const job = await world.submit(trainer, { hyperparameters: { epochs: 5 } });
    const state = await world.until(trainer, job, hasEnded);
    expect(state).toMatchObject({ status: 'succeeded', rawStatus: 'succeeded' });
    expect(state.events.map(({ data }) => data).filter(({ loss }) => loss !== undefined)).toEqual([
      { step: 1, epoch: 1, loss: 0.5 },
      { step: 2, epoch: 1, loss: 0.25, validationLoss: 0.75 },
    ]);
    expect(state.events.map(({ message }) => message)).toContain('red {"messages":[]}');
    const after = state.events.at(-2)!.id;
    expect((await trainer.follow(job.jobId, after)).events).toEqual(state.events.slice(-1));

    const result = await trainer.result(job.jobId);
    expect(result.weights).toBe('weights.bin');
    expect(result.files.map(({ name }) => name)).toEqual(['more/notes.txt', 'weights.bin']);
    expect(JSON.parse(await bytesOf(result.files[1]!.content))).toEqual({
      parameters: { epochs: 5, optimizer: 'adamw' },
      seed: 7,
      model: result.model,
      argv: [],
    });
    expect(readlinkSync(join(world.jobsFolder, 'models', result.model))).toBe(`../${job.jobId}/work/artifacts`);
  });

  it('gets parameters as arguments of its own, whatever a shell would make of them', async () => {
    const argv = [process.execPath, join(world.folder, 'echo.mjs'), '--rate={rate}', '$(id)', '{seed}; ls', '{model}'];
    await writeFile(argv[1]!, `${PROGRAM} leave(JSON.stringify(process.argv.slice(2)));`);
    const echoing = await world.trainer('', { argv, params: { rate: { type: 'number', min: 0, max: 1 } } });
    await expect(world.submit(echoing, { hyperparameters: { rate: 2, rat: 1 } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: {
        problems: [
          'train.hyperparameters: rat is not known. Did you mean "rate"?',
          'train.hyperparameters: rate is 2: it must be 1 or less.',
        ],
      },
    });
    const job = await world.submit(echoing, { hyperparameters: { rate: 0.5 } });
    await world.until(echoing, job, hasEnded);
    const { model, files } = await echoing.result(job.jobId);
    expect(JSON.parse(await bytesOf(files[0]!.content))).toEqual(['--rate=0.5', '$(id)', '7; ls', model]);
  });

  it('sees of the environment only what its entry names', async () => {
    const trainer = await world.trainer(
      `${PROGRAM} leave(JSON.stringify(process.env));`,
      { env: ['PATH', 'SHOWN', 'UNSET'] },
      { PATH: process.env['PATH'] ?? '', SHOWN: 'yes' },
    );
    const job = await world.submit(trainer);
    expect(await world.until(trainer, job, hasEnded)).toMatchObject({ status: 'succeeded' });
    const seen = JSON.parse(readFileSync(join(job.artifacts, 'weights.bin'), 'utf8')) as Record<string, string>;
    expect(Object.keys(seen).sort()).toEqual(
      ['ASSAY_ATTEMPT', 'ASSAY_JOB', 'ASSAY_JOB_FOLDER', 'HOME', 'PATH', 'SHOWN', 'TMPDIR'].sort(),
    );
    expect(seen['HOME']).toBe(job.scratch);
  });

  it('is one process for a key, also where two submit at once', async () => {
    const program = `${PROGRAM} fs.appendFileSync('started', 'x'); await sleep(600); leave('w');`;
    const trainers = await Promise.all([world.trainer(program), world.trainer(program)]);
    const key = `key-${Math.random()}`;
    const jobs = await Promise.all([...trainers, ...trainers].map((trainer) => world.submit(trainer, { key })));
    expect(new Set(jobs.map(({ jobId }) => jobId)).size).toBe(1);
    await Promise.all(trainers.map((trainer) => world.until(trainer, jobs[0]!, hasEnded)));
    expect(readFileSync(join(jobs[0]!.work, 'started'), 'utf8')).toBe('x');
    expect(lastAttempt(jobs[0]!.attempts)).toBe(1);
    expect(await trainers[0].find(key)).toEqual({ jobId: jobs[0]!.jobId });
    expect(await trainers[0].find('another')).toBeUndefined();
  });

  it('outlives whoever submitted it, and begins again from its checkpoint when it was killed', async () => {
    const program = `${PROGRAM}
      const seen = () => { try { return Number(fs.readFileSync('checkpoints/step', 'utf8')); } catch { return 0; } };
      const begin = seen();
      console.log('begins at', begin, process.argv.slice(2).join(' '));
      for (let step = begin + 1; step <= 40; step++) {
        fs.writeFileSync('checkpoints/step.new', String(step));
        fs.renameSync('checkpoints/step.new', 'checkpoints/step');
        // Told once it is kept: who hears of the tenth step finds its checkpoint.
        metric({ step, loss: 1 / step });
        if (step === 10 && begin === 0) await sleep(600_000);
      }
      leave('trained');`;
    const trainer = await world.trainer(program, { resume: ['--resume', 'checkpoints'] });
    const job = await world.submit(trainer);
    const atStep = (wanted: number) => (state: { events: { data: Record<string, number> }[] }) =>
      state.events.some(({ data }) => data['step'] === wanted);
    await world.until(trainer, job, atStep(10));
    // Another worker, which knows nothing of the first, finds the living process.
    const next = await world.trainer('');
    await next.follow(job.jobId, undefined);
    expect(lastAttempt(job.attempts)).toBe(1);

    const { pid } = JSON.parse(readFileSync(join(job.attempts, '1.json'), 'utf8')) as { pid: number };
    for (const each of [pid, ...world.processes(job)]) process.kill(each, 'SIGKILL');
    const state = await world.until(next, job, hasEnded);
    expect(state).toMatchObject({ status: 'succeeded' });
    expect(lastAttempt(job.attempts)).toBe(2);
    const messages = state.events.map(({ message }) => message);
    expect(messages).toContain('begins at 10 --resume checkpoints');
    expect(messages).toContain('attempt 2: the process was lost, it goes on from its last checkpoint');
    const steps = state.events.filter(({ data }) => data['loss'] !== undefined);
    expect(steps.map(({ data }) => data['step'])).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(steps.at(9)!.data['attempt']).toBeUndefined();
    expect(steps.at(10)!.data['attempt']).toBe(2);
  });

  it('goes on when the process that submitted it is killed with all of its group', async () => {
    const program = `${PROGRAM} metric({ step: 1 }); while (!fs.existsSync('go')) await sleep(20); leave('trained');`;
    const trainer = await world.trainer(program);
    const key = `key-${Math.random()}`;
    const job = await world.submitFromAnotherProcess(program, key);
    await writeFile(join(job.work, 'go'), '');
    expect(await world.until(trainer, job, hasEnded)).toMatchObject({ status: 'succeeded' });
    expect(lastAttempt(job.attempts)).toBe(1);
    expect(await world.submit(trainer, { key })).toMatchObject({ jobId: job.jobId });
  });

  it('is started again when the system took its process away, but not for ever', async () => {
    const trainer = await world.trainer(`${PROGRAM} process.kill(process.pid, 'SIGKILL');`, {
      limits: { restarts: 2 },
    });
    const job = await world.submit(trainer);
    const state = await world.until(trainer, job, hasEnded);
    expect(state).toMatchObject({
      status: 'failed',
      error: 'its process was lost 3 times; it is not started again',
    });
    expect(state.events.filter(({ data }) => data['attempt'] !== undefined).map(({ data }) => data['attempt'])).toEqual(
      [1, 2, 3],
    );
  });

  it('is cancelled with every process that it started', async () => {
    const trainer = await world.trainer(`${PROGRAM}
      process.on('SIGTERM', () => console.log('no'));
      const stubborn = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)";
      spawn(process.execPath, ['-e', stubborn], { stdio: 'inherit' });
      spawn(process.execPath, ['-e', stubborn], { stdio: 'inherit', detached: true }).unref();
      await sleep(300);
      metric({ step: 1 });
      await sleep(600_000);`);
    const job = await world.submit(trainer);
    await world.until(trainer, job, ({ events }) => events.some(({ data }) => data['step'] === 1));
    expect(world.processes(job)).toHaveLength(3);
    expect(await trainer.cancel(job.jobId)).toMatchObject({ status: 'cancelled', error: 'cancelled on command' });
    expect(world.processes(job)).toEqual([]);
    expect(await trainer.cancel(job.jobId)).toMatchObject({ status: 'cancelled' });
  });

  it('is ended as cancelled where its process is gone already', async () => {
    const trainer = await world.trainer(`${PROGRAM} metric({ step: 1 }); await sleep(600_000);`);
    const job = await world.submit(trainer);
    await world.until(trainer, job, ({ events }) => events.some(({ data }) => data['step'] === 1));
    const { pid } = JSON.parse(readFileSync(join(job.attempts, '1.json'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    expect(await trainer.cancel(job.jobId)).toMatchObject({ status: 'cancelled' });
    expect(world.processes(job)).toEqual([]);
  });
});

describe.concurrent('a command that goes wrong', () => {
  it('fails with its exit code and its last words, without secrets and escapes', async () => {
    const token = ['ghp', 'a'.repeat(30)].join('_');
    const trainer = await world.trainer(
      `${PROGRAM}
      console.log('all is well');
      console.error('\\u001b]0;title\\u0007Traceback: bad ' + process.env.MY_TOKEN + ' and ${token}');
      process.exitCode = 3;`,
      { env: ['PATH', 'MY_TOKEN'] },
      { MY_TOKEN: 'not-like-a-key' },
    );
    const job = await world.submit(trainer);
    const state = await world.until(trainer, job, hasEnded);
    expect(state).toMatchObject({
      status: 'failed',
      error: 'it ended with exit code 3',
      exit: { code: 3, signal: null, lastWords: 'Traceback: bad [masked] and [masked]' },
    });
    const told = JSON.stringify(state);
    expect(told).not.toContain(token);
    expect(told).not.toContain('not-like-a-key');
    await expect(trainer.result(job.jobId)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it.each([
    ['leaves nothing', '', 'it left no artifacts/weights.bin (found there: nothing)'],
    [
      'leaves something else',
      `fs.writeFileSync('artifacts/x', '1')`,
      'it left no artifacts/weights.bin (found there: x)',
    ],
    [
      'links to elsewhere',
      `fs.symlinkSync('/etc/hostname', 'artifacts/weights.bin')`,
      'artifacts/weights.bin is a link',
    ],
    [
      'makes its folder a link',
      `fs.rmdirSync('artifacts'); fs.symlinkSync('/etc', 'artifacts')`,
      'artifacts/ is not a folder',
    ],
    ['leaves too much', `leave(Buffer.alloc(200_000))`, 'its artifacts are more than 100 KB'],
  ])('fails where it ends with 0 and %s', async (_, program, reason) => {
    const trainer = await world.trainer(`${PROGRAM} ${program}`, { limits: { artifacts: '100KB' } });
    const job = await world.submit(trainer);
    const state = await world.until(trainer, job, hasEnded);
    expect(state.status).toBe('failed');
    expect(state.error).toContain(`it ended with exit code 0, but ${reason}`);
  });

  it('gives no result where the weights were changed after they were hashed', async () => {
    const trainer = await world.trainer(`${PROGRAM} leave('as trained');`);
    const job = await world.submit(trainer);
    await world.until(trainer, job, hasEnded);
    expect(statSync(join(job.artifacts, 'weights.bin')).mode & 0o222).toBe(0);
    await chmod(join(job.artifacts, 'weights.bin'), 0o644);
    await writeFile(join(job.artifacts, 'weights.bin'), 'as altered');
    const { files } = await trainer.result(job.jobId);
    await expect(bytesOf(files[0]!.content)).rejects.toMatchObject({ code: 'ARTIFACT' });
  });

  it('keeps head and tail of a flood, and does not tell every line', async () => {
    const trainer = await world.trainer(
      `${PROGRAM}
      const line = 'flood '.repeat(20) + '\\n';
      process.stdout.write('the first line\\n');
      for (let n = 0; n < 60_000; n++) if (!process.stdout.write(line)) await new Promise((ok) => process.stdout.once('drain', ok));
      process.stdout.write('the last line\\n');
      leave('w');`,
      { limits: { output: '200KB' } },
    );
    const job = await world.submit(trainer);
    const state = await world.until(trainer, job, hasEnded);
    expect(state.status).toBe('succeeded');
    const kept = [job.log, `${job.log}.tail.before`, `${job.log}.tail`].map((path) => readFileSync(path, 'utf8'));
    expect(kept.join('').length).toBeLessThanOrEqual(210_000);
    expect(kept[0]!.startsWith('the first line')).toBe(true);
    expect(kept[2]!.endsWith('the last line\n')).toBe(true);
    expect(state.events.length).toBeLessThan(900);
    expect(state.events.some(({ message }) => /lines are left out here/.test(message))).toBe(true);
  });

  it.each([
    ['longer', { wallTime: '500ms' }, `await sleep(600_000);`, 'it ran longer than its limit of 500ms'],
    [
      'more memory',
      { memory: '200MB' },
      `const held = []; for (;;) { held.push(Buffer.alloc(20e6, 1)); await sleep(50); }`,
      'it used more memory than its limit of 200 MB',
    ],
    [
      'more disk',
      { folder: '5MB' },
      `for (let n = 0; ; n++) { fs.writeFileSync('checkpoints/' + n, Buffer.alloc(1e6, 1)); await sleep(20); }`,
      'it wrote more than its limit of 5 MB',
    ],
  ])('is ended when it takes %s than it may', async (_, limits, program, reason) => {
    const trainer = await world.trainer(`${PROGRAM} ${program}`, { limits });
    const job = await world.submit(trainer);
    expect(await world.until(trainer, job, hasEnded)).toMatchObject({ status: 'failed', error: reason });
    expect(world.processes(job)).toEqual([]);
  });

  it('cannot write a file that is larger than all of its folder may be', async () => {
    const trainer = await world.trainer(`${PROGRAM} fs.writeFileSync('checkpoints/huge', Buffer.alloc(8e6));`, {
      limits: { folder: '4MB' },
    });
    const job = await world.submit(trainer);
    expect(await world.until(trainer, job, hasEnded)).toMatchObject({ status: 'failed' });
    expect(statSync(join(job.checkpoints, 'huge')).size).toBeLessThanOrEqual(4e6);
  });

  it('says what could not be started', async () => {
    const trainer = await world.trainer('', { argv: ['/nowhere/python3'] });
    const job = await world.submit(trainer);
    const state = await world.until(trainer, job, hasEnded);
    expect(state).toMatchObject({ status: 'failed' });
    expect(state.exit!.lastWords).toContain('/nowhere/python3');
  });

  it('asks for no job by a name that is a path', async () => {
    const trainer = await world.trainer('');
    await expect(trainer.follow('../../etc', undefined)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(trainer.follow(`job-${'0'.repeat(24)}`, undefined)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(existsSync(join(world.folder, 'etc'))).toBe(false);
  });
});
