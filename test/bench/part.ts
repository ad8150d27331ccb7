import type { World } from './world.js';

/** What one part of the bench measured: printed as a table, kept as figures. */
export interface PartResult {
  columns: readonly string[];
  rows: readonly (readonly (string | number)[])[];
  /** What has to be known to read the table. */
  notes?: readonly string[];
  /** For `result.json` and the goals. */
  figures: object;
}

export interface PartContext {
  /** The servers; started when the first part asks for them. */
  world(): Promise<World>;
  /** Fewer and smaller measurements: that it runs, not how fast. */
  isQuick: boolean;
  /** What earlier parts of this run measured, by their names. */
  earlier: Readonly<Record<string, object | undefined>>;
  say(line: string): void;
}

export interface Part {
  name: string;
  title: string;
  run(context: PartContext): Promise<PartResult>;
}
