import { createHash } from 'node:crypto';

const DIGITS = 16;

/** `ft:linear-ngram:<suffix>:<the first 16 hex digits of the SHA-256 of the weights>`: the same weights, the same name. */
export const modelName = (suffix: string, weights: Uint8Array): string =>
  `ft:linear-ngram:${suffix}:${fingerprint(weights)}`;

/** Whether these are the weights that a model is named after. */
export const isNamedAfter = (name: string, weights: Uint8Array): boolean => name.endsWith(`:${fingerprint(weights)}`);

const fingerprint = (weights: Uint8Array): string =>
  createHash('sha256').update(weights).digest('hex').slice(0, DIGITS);
