import type { SourceSpec } from '../../domain/lifecycle-file/plan.js';

export const exampleSource = (given: Partial<SourceSpec>): SourceSpec => ({
  id: 'past',
  uri: 'npm:example',
  format: 'eml',
  origin: 'human',
  rights: { basis: 'licence', licence: 'MIT', evidence: null },
  period: { from: null, until: null },
  labels: { by: 'path', rules: [] },
  claims: [],
  ...given,
});
