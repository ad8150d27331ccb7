import type { ApprovalPolicy } from '../kernel/approval-policy.js';
import { LifecycleError } from '../kernel/errors.js';
import { findSecrets } from './find-secrets.js';
import { throwProblems, type Problem } from './problem.js';
import { readText, type ReadFile } from './references/read-text.js';
import { policyFile } from './schema/referenced-schemas.js';
import { validate } from './validate.js';
import { parseYaml } from './yaml/parse-yaml.js';

/** Reads a policy file alone. @throws LifecycleError INVALID_INPUT with every problem, by file, line and column */
export async function readPolicy(path: string, readFile: ReadFile): Promise<ApprovalPolicy> {
  const problems: Problem[] = [];
  const text = await readText(path, { file: path, line: 1, column: 1, lineText: '' }, readFile, problems);
  const { root, problems: found } = parseYaml(path, text ?? '');
  if (text !== undefined) problems.push(...found);
  throwProblems(problems);
  if (root === undefined) throw new LifecycleError('INVALID_INPUT', `${path} is empty. Write an ApprovalPolicy.`);
  const { value, problems: judged } = validate(policyFile, root);
  throwProblems([...judged, ...findSecrets(root)]);
  if (value === undefined) throw new LifecycleError('INTERNAL', 'A file without problems has no value.');
  return value;
}
