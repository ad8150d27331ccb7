import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { workflowBundle } from '../../workers/bundle.js';
import * as workflows from '../../workflows/index.js';
import { quietRuntime } from '../support/workflow-worker.js';

const FOLDER = fileURLToPath(new URL('histories', import.meta.url));
const CACHE = fileURLToPath(new URL('../../.assay/cache', import.meta.url));
const names = readdirSync(FOLDER).map((file) => file.replace('.json', ''));
const read = (name: string): string => readFileSync(`${FOLDER}/${name}.json`, 'utf8');

let bundle: { codePath: string };
beforeAll(async () => {
  quietRuntime();
  bundle = await workflowBundle(CACHE);
});

interface StoredHistory {
  events: { workflowExecutionStartedEventAttributes?: { workflowId: string } }[];
}

/** Under the id that it had: a workflow may read it. */
function replay(text: string): Promise<void> {
  const history = JSON.parse(text) as StoredHistory;
  const workflowId = history.events[0]?.workflowExecutionStartedEventAttributes?.workflowId;
  return Worker.runReplayHistory({ workflowBundle: bundle }, history, workflowId);
}

describe('a stored history', () => {
  it('is there for every workflow', () => {
    const stored = names.map((name) => read(name).match(/"workflowType":\s*\{\s*"name":\s*"(\w+)"/)?.[1]);
    expect(stored.sort()).toEqual(Object.keys(workflows).sort());
  });

  it.each(names)('replays on the workflow code of today: %s', (name) => replay(read(name)));

  it('does not replay once a step of it is another', async () => {
    const altered = read('lifecycle').replaceAll('"curateData"', '"curateOtherData"');
    expect(altered).not.toBe(read('lifecycle'));
    await expect(replay(altered)).rejects.toThrow(DeterminismViolationError);
  });
});
