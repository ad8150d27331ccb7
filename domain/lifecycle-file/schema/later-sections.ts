import { z } from 'zod';
import { confidence, count, duration, name, positiveDuration, relativePath, share, text } from './fields.js';
import { isWithoutRepeats, trafficRisesToAll } from './rules.js';
import { cron, timeZone } from './time-fields.js';

/** Metric ids are kebab-case; whether a task has the metric is a question of references. */
const metric = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: 'Write the id of a metric, e.g. f1-macro.' });
const assured = confidence.optional().describe('Of the interval that decides; 0.95 where it is left out.');

const gate = z.union([
  z.strictObject({ task: name, metric, atLeast: share, confidence: assured }),
  z.strictObject({
    task: name,
    metric,
    noWorseThan: z.literal('champion'),
    margin: share,
    confidence: assured,
    firstRelease: z
      .enum(['allow', 'block'])
      .optional()
      .describe("Where there is no champion yet; 'block' if left out."),
  }),
]);

/** `evaluate` as written. */
export const evaluateSection = z.strictObject({
  tasks: z.array(relativePath).min(1, { error: 'Name at least one task file.' }),
  gates: z.array(gate).min(1, { error: 'Name at least one gate.' }),
});

const rolloutStep = z.strictObject({
  traffic: count(1, 100).describe('Per cent of the requests.'),
  bake: duration.optional().describe('How long this step is watched before the next, e.g. 10m.'),
});

/** `deploy` as written. */
export const deploySection = z.strictObject({
  target: z.literal('gateway'),
  alias: name,
  rollout: z.array(rolloutStep).refine(trafficRisesToAll.holds, { error: trafficRisesToAll.error }),
  disclosure: z.strictObject({
    application: name,
    notice: text(500).describe('What people are told who meet the model.'),
    acknowledge: z.enum(['required', 'optional']),
  }),
});

/** `monitor` as written. */
export const monitorSection = z.strictObject({
  every: positiveDuration,
  minimumItems: count(1).describe('A window with fewer new items waits for the next.'),
  drift: z.strictObject({
    on: z.array(z.literal('input-text')).min(1).refine(isWithoutRepeats.holds, { error: isWithoutRepeats.error }),
    confidence: assured,
  }),
});

/** `retrain` as written. */
export const retrainSection = z.strictObject({
  schedule: z.strictObject({ cron, timeZone, jitter: duration.optional() }).nullish(),
  onDrift: z
    .strictObject({ windows: count(1, 1_000), coolDown: duration, minimumLabels: count(0) })
    .nullish()
    .describe('So many windows with drift in a row, so long after the last run, with so many new labels.'),
});
