import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { RunView, StageView } from '../../../domain/api/run.js';
import { drawStages } from '../../../cli/stage-progress.js';

const began = '2026-03-01T00:00:00.000Z';
const stageOf = (
  stage: StageView['stage'],
  status: StageView['status'],
  waitingFor: string | null = null,
): StageView => ({
  stage,
  status,
  waitingFor,
  summary: null,
  startedAt: began,
  endedAt: ['running', 'waiting'].includes(status) ? null : '2026-03-01T00:00:05.000Z',
  evidence: [],
  reusedFrom: null,
});
const viewOf = (status: RunView['status'], ...stages: StageView[]): RunView => ({ status, stages }) as RunView;

/** All that was drawn, as somebody reads it whose terminal is none. */
async function drawn(...views: RunView[]): Promise<string> {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (chunk: Buffer) => void (text += String(chunk)));
  const progress = drawStages(stream as unknown as NodeJS.WriteStream);
  for (const view of views) {
    progress.show(view);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await progress.end();
  return text;
}

describe('the stages of a run on a terminal', () => {
  it('show how each ended, in their order, and what the present one waits for', async () => {
    const text = await drawn(
      viewOf('running', stageOf('collect', 'running', 'reading mails')),
      viewOf('running', stageOf('collect', 'succeeded'), stageOf('curate', 'running')),
      viewOf('failed', stageOf('collect', 'succeeded'), stageOf('curate', 'failed')),
    );
    expect(text).toContain('reading mails');
    expect(text).toMatch(/collect +succeeded[^]*curate +failed/);
  });

  it('end with the run, however it ended, and with the watching', async () => {
    expect(await drawn(viewOf('cancelled', stageOf('collect', 'cancelled')))).toContain('collect');
    expect(await drawn(viewOf('running', stageOf('collect', 'running')))).toContain('collect');
  });
});
