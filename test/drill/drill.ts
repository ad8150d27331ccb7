import { undisturbed, type Baseline } from './baseline.js';
import type { Scenario } from './scenarios.js';
import type { Servers } from './servers.js';

/** What the rows of one drill share. */
export interface Drill {
  readonly servers: Servers;
  readonly providerUrl: string;
  readonly seed: number;
  readonly isLong: boolean;
  readonly log: (line: string) => void;
  /** Each lifecycle as it goes when nothing happens, made once. */
  undisturbed(scenario: Scenario): Promise<Baseline>;
}

export function createDrill(options: Omit<Drill, 'undisturbed'>): Drill {
  const baselines = new Map<Scenario, Promise<Baseline>>();
  return {
    ...options,
    undisturbed(scenario) {
      const made = baselines.get(scenario) ?? undisturbed(options.servers, options.providerUrl, scenario);
      baselines.set(scenario, made);
      return made;
    },
  };
}
