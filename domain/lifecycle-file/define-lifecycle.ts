import type { z } from 'zod';
import type { writtenLifecycle } from './schema/written-schema.js';

/** A lifecycle as a team writes it, in TypeScript or in YAML: durations as `10m`, money as `200 USD`, files by path. */
export type Lifecycle = z.input<typeof writtenLifecycle>;

/**
 * Gives a lifecycle in TypeScript its types. It is judged when it is loaded, by the same schema as a file. Only the
 * command line runs the program; what leaves it is the plan.
 *
 * @example
 * export default defineLifecycle({ apiVersion: 'assay/v1', name: 'email-triage', … });
 */
export const defineLifecycle = (lifecycle: Lifecycle): Lifecycle => lifecycle;
