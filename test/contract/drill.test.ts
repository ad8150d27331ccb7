import { describe, expect, it } from 'vitest';
import { createActivities, type ActivityDependencies } from '../../activities/create-activities.js';
import { SCENARIO_OF } from '../drill/activities.js';
import { SCENARIOS } from '../drill/scenarios.js';

/** Activities only take their dependencies apart when they are made. */
const noDependencies = {} as ActivityDependencies;

describe('the drill', () => {
  it('kills a worker in every activity: a new one has a line in test/drill/activities.ts', () => {
    expect(Object.keys(SCENARIO_OF).toSorted()).toEqual(Object.keys(createActivities(noDependencies)).toSorted());
  });

  it('has no lifecycle that hits nothing', () => {
    const used = new Set<string>([...Object.values(SCENARIO_OF), 'release-over-http', 'load']);
    expect(Object.keys(SCENARIOS).filter((name) => !used.has(name))).toEqual([]);
  });
});
