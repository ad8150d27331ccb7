import { inputJsonSchema } from '../schema/input-json-schema.js';
import { cardFile, policyFile, taskFile } from '../schema/referenced-schemas.js';
import { writtenLifecycle } from '../schema/written-schema.js';

export type Scalar = string | number | boolean;

/** The parts of a JSON Schema that an explanation is made of. */
export interface JsonSchema {
  type?: string;
  description?: string;
  default?: Scalar;
  examples?: unknown[];
  const?: Scalar;
  enum?: Scalar[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
}

export const FILE_KINDS = ['Task', 'ApprovalPolicy', 'BaseModelCard'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

const SCHEMAS = { Task: taskFile, ApprovalPolicy: policyFile, BaseModelCard: cardFile };

/** The schema of the lifecycle file, or of a file that it points at, as written. */
export const schemaOf = (kind: FileKind | null): JsonSchema =>
  inputJsonSchema(kind === null ? writtenLifecycle : SCHEMAS[kind]) as JsonSchema;

/** The forms that a value may take: the branches of a union, without "nothing". */
export function formsOf(schema: JsonSchema): JsonSchema[] {
  const branches = schema.anyOf ?? schema.oneOf;
  return branches === undefined ? [schema] : branches.flatMap(formsOf).filter(({ type }) => type !== 'null');
}
