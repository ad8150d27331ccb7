import type { z } from 'zod';
import type { ApprovalPolicy } from '../../kernel/approval-policy.js';
import type { PromptText } from '../../prompts/prompt.js';
import { digestBytes } from '../../evidence/canonical.js';
import { findSecrets, secretRefusal } from '../find-secrets.js';
import { findPart, itemsUnder, type Located, type Position } from '../yaml/located.js';
import { parseYaml } from '../yaml/parse-yaml.js';
import type { BaseModelCard, EvidenceFile, TaskSpec } from '../plan.js';
import { readBeside, type Reader } from './read-beside.js';
import { readImport } from './read-import.js';
import { readPrompt } from './read-prompt.js';
import type { RegisteredBase } from './registered.js';
import { cardFile, policyFile, taskFile } from '../schema/referenced-schemas.js';
import { secretKindIn } from '../secret-patterns.js';
import { validate } from '../validate.js';

/** A file read: its value where it is right, and its parts as far as they can be read. */
interface Referenced<T> {
  value: T | undefined;
  root: Located | undefined;
}

/** What the lifecycle file points at; evidence and tasks in the order of the places that name them. */
export interface ReferencedFiles {
  evidence: (EvidenceFile | null)[];
  tasks: Referenced<TaskSpec>[];
  policy: Referenced<ApprovalPolicy>;
  card: Referenced<BaseModelCard>;
  prompt: PromptText | undefined;
  base: RegisteredBase | undefined;
}

const LARGEST_EVIDENCE = 65_536;

/** Reads every file that a lifecycle file names, relative to the file that names it; adds to `problems`. */
export async function readReferences(root: Located, reader: Reader): Promise<ReferencedFiles> {
  const evidence: ReferencedFiles['evidence'] = [];
  for (const source of itemsUnder(root, ['data', 'sources'])) {
    evidence.push(await readEvidence(findPart(source, ['rights', 'evidence']), reader));
  }
  const tasks: ReferencedFiles['tasks'] = [];
  for (const task of itemsUnder(root, ['evaluate', 'tasks'])) tasks.push(await readDocument(task, taskFile, reader));
  return {
    evidence,
    tasks,
    policy: await readDocument(findPart(root, ['approve', 'policy']), policyFile, reader),
    card: await readDocument(findPart(root, ['model', 'base', 'card']), cardFile, reader),
    base: await readImport(root, reader),
    prompt: await readPrompt(findPart(root, ['model', 'prompt']), reader),
  };
}

async function readDocument<T>(
  reference: Located | undefined,
  schema: z.ZodType<T>,
  reader: Reader,
): Promise<Referenced<T>> {
  const file = await readBeside(reference, reader);
  if (file === undefined) return { value: undefined, root: undefined };
  const { root, problems } = parseYaml(file.path, file.text);
  reader.problems.push(...problems);
  if (root === undefined || problems.length > 0) return { value: undefined, root };
  const judged = validate(schema, root);
  reader.problems.push(...judged.problems, ...findSecrets(root));
  return { value: judged.value, root };
}

async function readEvidence(reference: Located | undefined, reader: Reader): Promise<EvidenceFile | null> {
  const file = await readBeside(reference, reader);
  if (file === undefined) return null;
  const lines = file.text.split('\n');
  const kinds = lines.map(secretKindIn);
  const secretLine = kinds.findIndex((kind) => kind !== undefined);
  const at: Position = { file: file.path, line: secretLine + 1, column: 1, lineText: lines[secretLine] ?? '' };
  if (secretLine >= 0) reader.problems.push({ at, message: secretRefusal(kinds[secretLine] ?? '') });
  if (file.text.length > LARGEST_EVIDENCE) {
    reader.problems.push({
      at: file.namedAt,
      message: `${file.written} is larger than ${LARGEST_EVIDENCE / 1024} KB.`,
    });
  }
  return { path: file.written, digest: digestBytes(file.text), text: file.text };
}
