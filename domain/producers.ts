/**
 * What makes the stages' evidence. A version stands in the evidence and in the keys by which results are found again:
 * raise it when a stage makes something else of the same inputs.
 */
export const PRODUCERS = {
  collect: { name: 'assay/collect', version: '1' },
  curate: { name: 'assay/curate', version: '1' },
  'fine-tune': { name: 'assay/fine-tune', version: '1' },
  evaluate: { name: 'assay/evaluate', version: '1' },
} as const;

/** Part of the key under which answers are kept: raise it when items are put to a model in other words. */
export const PROMPT_VERSION = 1;
