import { badRequest } from '../api-errors.js';

interface ListPage<T> {
  object: 'list';
  data: T[];
  has_more: boolean;
}

/**
 * One page of a list, as OpenAI cuts it: what follows the item `after`, at most `limit` (1–100, default 20).
 * @throws LifecycleError INVALID_INPUT for a limit out of range or an `after` that is not in the list.
 */
export function paginate<T extends { id: string }>(
  items: readonly T[],
  query: { after?: string | undefined; limit?: string | undefined },
): ListPage<T> {
  const limit = Number(query.limit ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw badRequest('limit must be a whole number from 1 to 100.', 'limit', 'invalid_value');
  }
  const start = query.after === undefined ? 0 : items.findIndex(({ id }) => id === query.after) + 1;
  if (query.after !== undefined && start === 0) {
    throw badRequest('after must be the id of an item of this list.', 'after', 'invalid_value');
  }
  return { object: 'list', data: items.slice(start, start + limit), has_more: start + limit < items.length };
}
