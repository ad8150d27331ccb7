import type { GateSpec, TaskSpec } from '../../domain/lifecycle-file/plan.js';
import { percent } from './percent.js';

export const taskInWords = ({ id, version, dataset, scorer, metrics }: TaskSpec): string =>
  `task ${id} (version ${version}): the ${dataset.split} part of ${dataset.source}, ${scorer}, ${metrics.join(', ')}`;

/** What must hold for a gate to pass, for people. */
export function gateInWords(gate: GateSpec): string {
  const sure = `with ${percent(gate.confidence)} confidence`;
  const judged = `gate: ${gate.metric} of ${gate.task}`;
  if (gate.kind === 'at-least') return `${judged} is at least ${gate.limit}, ${sure}`;
  const first = gate.firstRelease === 'allow' ? 'let through' : 'stopped';
  return `${judged} is at most ${gate.margin} below the champion's, ${sure}; a first release is ${first}`;
}
