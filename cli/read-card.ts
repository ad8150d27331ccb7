import { LifecycleError } from '../domain/kernel/errors.js';
import type { BaseModelCard } from '../domain/lifecycle-file/plan.js';
import { throwProblems } from '../domain/lifecycle-file/problem.js';
import { cardFile } from '../domain/lifecycle-file/schema/referenced-schemas.js';
import { validate } from '../domain/lifecycle-file/validate.js';
import { parseYaml } from '../domain/lifecycle-file/yaml/parse-yaml.js';
import { readNamedFile } from './read-named-file.js';

const UNKNOWN = 'unknown';

/** The card in a file; without one, nothing is disclosed. @throws LifecycleError NOT_FOUND; INVALID_INPUT by line */
export async function readCard(file: string | undefined, id: string): Promise<BaseModelCard> {
  if (file === undefined) return undisclosed(id);
  const { root, problems } = parseYaml(file, await readNamedFile(file));
  throwProblems(problems);
  if (root === undefined) throw new LifecycleError('INVALID_INPUT', `${file} is empty.`);
  const judged = validate(cardFile, root);
  throwProblems(judged.problems);
  if (judged.value === undefined) throw new LifecycleError('INTERNAL', 'A card without problems has no value.');
  return judged.value;
}

const undisclosed = (id: string): BaseModelCard => ({
  id,
  description: UNKNOWN,
  trainingData: UNKNOWN,
  licence: UNKNOWN,
  limitations: [UNKNOWN],
  guarantees: UNKNOWN,
  retirement: UNKNOWN,
});
