import type { Stage } from '../../../domain/kernel/states.js';

/** Eight stages: the product has seven, so these have names of their own, which the bench's database lets in. */
export const STEPS = Array.from({ length: 8 }, (_, index) => `step-${index + 1}` as Stage);

export const ITEMS = 1_000;
export const ITEMS_A_SHARD = 25;
