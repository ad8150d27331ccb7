import { z } from 'zod';
import { confidence, count, duration, name, positiveDuration, relativePath, share, text } from './fields.js';
import { isWithoutRepeats, trafficRisesToAll } from './rules.js';
import { cron, timeZone } from './time-fields.js';

/** Of an interval, where a file does not say. */
export const USUAL_CONFIDENCE = 0.95;

/** Metric ids are kebab-case; whether a task has the metric is a question of references. */
const metric = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: 'Write the id of a metric, e.g. f1-macro.' });
const assured = confidence.optional().meta({
  description: 'How sure the interval must be that decides.',
  default: USUAL_CONFIDENCE,
  examples: [0.95],
});
const gateTask = name.meta({ description: 'The id of a task of this file.', examples: ['triage'] });
const gateMetric = metric.meta({ description: 'A metric that the task measures.', examples: ['f1-macro'] });

const gate = z.union([
  z.strictObject({
    task: gateTask,
    metric: gateMetric,
    atLeast: share.meta({ description: 'What the metric must reach, surely.', examples: [0.9] }),
    confidence: assured,
  }),
  z.strictObject({
    task: gateTask,
    metric: gateMetric,
    noWorseThan: z.literal('champion').describe('Compared with the version in service, on the same items.'),
    margin: share.meta({ description: 'By how much it may be worse at the most.', examples: [0.02] }),
    confidence: assured,
    firstRelease: z
      .enum(['allow', 'block'])
      .optional()
      .meta({ description: 'Whether it passes where there is no champion yet.', default: 'block' }),
  }),
]);

/** `evaluate` as written. */
export const evaluateSection = z.strictObject({
  tasks: z
    .array(relativePath)
    .min(1, { error: 'Name at least one task file.' })
    .meta({
      description: 'Task files: what the model is asked, and what is measured.',
      examples: [['./tasks/triage.yaml']],
    }),
  gates: z
    .array(gate)
    .min(1, { error: 'Name at least one gate.' })
    .meta({
      description: 'What must hold before people are asked to sign; every gate has to pass.',
      examples: [
        [
          { task: 'triage', metric: 'f1-macro', atLeast: 0.9 },
          { task: 'triage', metric: 'f1-macro', noWorseThan: 'champion', margin: 0.02, firstRelease: 'allow' },
        ],
      ],
    }),
});

const rolloutStep = z.strictObject({
  traffic: count(1, 100).meta({ description: 'Per cent of the requests.', examples: [5] }),
  bake: duration.optional().meta({
    description: 'How long this step is watched before the next.',
    default: '0s',
    examples: ['10m'],
  }),
});

/** `deploy` as written. */
export const deploySection = z.strictObject({
  target: z.literal('gateway').describe('The gateway serves it over an OpenAI-compatible API.'),
  alias: name.meta({ description: 'The model name that applications ask for.', examples: ['email-triage'] }),
  rollout: z
    .array(rolloutStep)
    .refine(trafficRisesToAll.holds, { error: trafficRisesToAll.error })
    .meta({
      description: 'The steps in which the version takes over traffic; it rises and ends with 100.',
      examples: [[{ traffic: 5, bake: '10m' }, { traffic: 50, bake: '10m' }, { traffic: 100 }]],
    }),
  disclosure: z
    .strictObject({
      application: name.meta({
        description: 'The application in which people meet the model.',
        examples: ['inbox-app'],
      }),
      notice: text(500).meta({
        description: 'What people are told who meet the model.',
        examples: ['Sorted by an AI model'],
      }),
      acknowledge: z
        .enum(['required', 'optional'])
        .describe('Whether the application has to acknowledge the notice; it stands on the record of the release.'),
    })
    .describe('What people learn about the model where they meet it.'),
});

/** `monitor` as written. */
export const monitorSection = z.strictObject({
  every: positiveDuration.meta({ description: 'How often a window of traffic is judged.', examples: ['1h'] }),
  minimumItems: count(1).meta({ description: 'A window with fewer new items waits for the next.', examples: [500] }),
  drift: z
    .strictObject({
      on: z
        .array(z.literal('input-text'))
        .min(1)
        .refine(isWithoutRepeats.holds, { error: isWithoutRepeats.error })
        .meta({ description: 'What is compared with the data of the training.', examples: [['input-text']] }),
      confidence: assured,
    })
    .describe('When traffic counts as different from what the model was trained on.'),
});

/** `retrain` as written. */
export const retrainSection = z.strictObject({
  schedule: z
    .strictObject({
      cron: cron.meta({
        description: 'Minute, hour, day of the month, month, day of the week, in numbers.',
        examples: ['0 3 * * 1'],
      }),
      timeZone: timeZone.meta({ description: "The time zone of the cron's hours.", examples: ['Europe/Berlin'] }),
      jitter: duration.optional().meta({
        description: 'Begins at random up to so much later, so that not everything begins at once.',
        default: '0s',
        examples: ['10m'],
      }),
    })
    .nullish()
    .describe('Starts a run at fixed times.'),
  onDrift: z
    .strictObject({
      windows: count(1, 1_000).meta({ description: 'Windows with drift in a row.', examples: [2] }),
      coolDown: duration.meta({
        description: 'The time after a run in which drift starts no other.',
        examples: ['7d'],
      }),
      minimumLabels: count(0).meta({ description: 'New labels that must be there by then.', examples: [1000] }),
    })
    .nullish()
    .describe(
      'Starts a run when enough windows in a row drift, long enough after the last run, with enough new labels.',
    ),
});
