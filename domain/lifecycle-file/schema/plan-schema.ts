import { z } from 'zod';
import { isDigest, type Digest } from '../../kernel/digest.js';
import { RISKS } from '../../kernel/states.js';
import { digestBytes } from '../../evidence/canonical.js';
import { label, pathPrefix, sourceUri } from './data-section.js';
import { confidence, count, foreignId, isRelativePath, name, principals, share, text } from './fields.js';
import type { LifecyclePlan } from '../plan.js';
import { hasStagesInOrder, policyFields } from './policy-fields.js';
import { cardFields, instruction, taskFields } from './referenced-schemas.js';
import {
  dedupesOnce,
  fractionsSumToOne,
  isWithoutRepeats,
  periodRuns,
  trafficRisesToAll,
  trainsOnSomething,
} from './rules.js';
import { promptOrigin, promptText, versionReference } from './prompt-fields.js';
import { cron, resolvedInstant, timeZone } from './time-fields.js';
import { parameterName, parameterWord } from './model-sections.js';

const milliseconds = count(0, Number.MAX_SAFE_INTEGER);
const positiveMilliseconds = count(1, Number.MAX_SAFE_INTEGER);
const fraction = share.gt(0, { error: 'Write a number above 0.' });

const evidenceFile = z
  .strictObject({
    path: z.string().max(300).refine(isRelativePath, { error: 'Not a path inside the folder.' }),
    digest: z.custom<Digest>(isDigest, { error: 'Not a digest.' }),
    text: z.string(),
  })
  .refine((file) => digestBytes(file.text) === file.digest, { error: 'The digest is not that of the text.' });

const source = z.strictObject({
  id: name,
  uri: sourceUri,
  format: z.enum(['eml', 'jsonl']),
  origin: z.enum(['human', 'synthetic', 'mixed', 'unknown']),
  rights: z.strictObject({
    basis: z.enum(['licence', 'consent', 'contract', 'own', 'unknown']),
    licence: text(100).nullable(),
    evidence: evidenceFile.nullable(),
  }),
  authors: principals.exactOptional(),
  period: z
    .strictObject({ from: resolvedInstant.nullable(), until: resolvedInstant.nullable() })
    .refine(periodRuns.holds, { error: periodRuns.error }),
  labels: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('path'), rules: z.array(z.strictObject({ prefix: pathPrefix, label })).min(1) }),
    z.strictObject({ by: z.literal('feedback'), alias: name }),
  ]),
  claims: z.array(
    z.strictObject({
      kind: z.literal('collected-later'),
      statement: text(),
      groups: z.array(pathPrefix).min(1),
      than: z.array(pathPrefix).min(1),
    }),
  ),
});

const splitFields = { step: z.literal('split'), source: name, train: share, test: fraction };
const sums = { error: fractionsSumToOne.error };
const curateStep = z.union([
  z.strictObject({ step: z.literal('dedupe'), exact: z.literal(true) }),
  z
    .strictObject({
      ...splitFields,
      by: z.literal('group'),
      stratify: z.literal('label').nullable(),
      validation: share,
      seed: count(0),
    })
    .refine(fractionsSumToOne.holds, sums),
  z.strictObject({ ...splitFields, by: z.literal('time') }).refine(fractionsSumToOne.holds, sums),
]);

const gateFields = { task: name, metric: name, confidence };
const gate = z.discriminatedUnion('kind', [
  z.strictObject({ ...gateFields, kind: z.literal('at-least'), limit: share }),
  z.strictObject({
    ...gateFields,
    kind: z.literal('no-worse-than-champion'),
    margin: share,
    firstRelease: z.enum(['allow', 'block']),
  }),
]);

const deploy = z.strictObject({
  target: z.literal('gateway'),
  alias: name,
  rollout: z
    .array(z.strictObject({ traffic: count(1, 100), bakeMilliseconds: milliseconds }))
    .refine(trafficRisesToAll.holds, { error: trafficRisesToAll.error }),
  disclosure: z.strictObject({
    application: name,
    notice: text(500),
    acknowledge: z.enum(['required', 'optional']),
  }),
});

const retrain = z.strictObject({
  schedule: z.strictObject({ cron, timeZone, jitterMilliseconds: milliseconds }).nullable(),
  onDrift: z
    .strictObject({ windows: count(1, 1_000), coolDownMilliseconds: milliseconds, minimumLabels: count(0) })
    .nullable(),
});

const digest = z.custom<Digest>(isDigest, { error: 'Not a digest.' });

const prompt = z
  .strictObject({ from: promptOrigin, digest, text: promptText })
  .refine(({ digest, text }) => digestBytes(text) === digest, { error: 'The digest is not that of the text.' });

/** A resolved plan. As strict as the file that it comes from: the api takes it from anyone who may start a run. */
export const planSchema: z.ZodType<LifecyclePlan> = z
  .strictObject({
    apiVersion: z.literal('assay/v1'),
    name,
    purpose: text(),
    owners: z.array(name).min(1),
    authors: principals.exactOptional(),
    data: z.strictObject({
      sources: z.array(source).min(1),
      curate: z.array(curateStep).min(1).refine(dedupesOnce.holds, { error: dedupesOnce.error }),
    }),
    model: z.strictObject({
      provider: name,
      base: z.strictObject({
        id: foreignId,
        card: z.strictObject(cardFields).nullable(),
        import: z.strictObject({ id: versionReference, evidence: digest }).exactOptional(),
      }),
      prompt: prompt.exactOptional(),
    }),
    train: z
      .strictObject({
        hyperparameters: z.record(parameterName, z.union([z.number(), parameterWord])),
        seed: count(0, 2_147_483_647),
      })
      .nullable(),
    evaluate: z.strictObject({
      tasks: z.array(z.strictObject({ ...taskFields, instruction: instruction.nullable() })).min(1),
      gates: z.array(gate).min(1),
    }),
    approve: z.strictObject({
      policy: z.strictObject(policyFields).refine(hasStagesInOrder.holds, hasStagesInOrder),
      expiresAfterMilliseconds: positiveMilliseconds,
      risk: z.enum(RISKS).exactOptional(),
    }),
    deploy,
    monitor: z.strictObject({
      everyMilliseconds: positiveMilliseconds,
      minimumItems: count(1),
      drift: z.strictObject({
        on: z.array(z.literal('input-text')).min(1).refine(isWithoutRepeats.holds, { error: isWithoutRepeats.error }),
        confidence,
      }),
    }),
    budget: z
      .strictObject({ limitMicroUsd: count(0, Number.MAX_SAFE_INTEGER), per: z.enum(['month', 'run']) })
      .nullable(),
    retrain,
  })
  .refine(trainsOnSomething.holds, { error: trainsOnSomething.error, path: ['train'] });
