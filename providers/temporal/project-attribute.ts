import { defineSearchAttributeKey, SearchAttributeType, type SearchAttributePair } from '@temporalio/common';
import type { Connection } from '@temporalio/client';

const PROJECT = defineSearchAttributeKey('AssayProject', SearchAttributeType.KEYWORD);

/** What is added to a workflow's start, so that Temporal's own lists can be filtered by project. */
export type ProjectMark = (project: string) => { typedSearchAttributes?: SearchAttributePair[] };

/**
 * Marks workflows with the search attribute `AssayProject` where the namespace has it as a Keyword, else not at all: a
 * start with an attribute that is not registered fails. Who may not list attributes (Temporal Cloud) gets none.
 */
export async function projectMark(
  { operatorService }: Pick<Connection, 'operatorService'>,
  namespace: string,
): Promise<ProjectMark> {
  const isRegistered = await operatorService.listSearchAttributes({ namespace }).then(
    ({ customAttributes }) => Number(customAttributes[PROJECT.name]) === KEYWORD,
    () => false,
  );
  return (project) => (isRegistered ? { typedSearchAttributes: [{ key: PROJECT, value: project }] } : {});
}

/** `INDEXED_VALUE_TYPE_KEYWORD` of the API. */
const KEYWORD = 2;
