import { infiniteQueryOptions } from '@tanstack/react-query';
import type { components } from '../../client/openapi-types.js';
import { answerOf, api } from './client.js';

export type AuditEntry = components['schemas']['AuditEntry'];

const SHOWN = 100;
const PAGE = 1_000;

/** As JSON; as lines it is not asked for. */
const page = async (after: number, limit: number) =>
  (await answerOf(api.GET('/v1/audit', { params: { query: { after, limit } } }))) as components['schemas']['AuditPage'];
const latestCheckpoint = () => answerOf(api.GET('/v1/audit/checkpoints/latest'));

/** The log from its end backwards, in pages; each page in the order of the log. */
export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: async ({ pageParam }) => {
    const end = pageParam ?? (await latestCheckpoint()).size;
    const first = Math.max(end - SHOWN, 0);
    // From the end on there may be entries that no checkpoint signs yet: the newest page shows them too.
    const { entries } = await page(first - 1, pageParam === null ? PAGE : end - first);
    return { entries, first };
  },
  initialPageParam: null as number | null,
  getNextPageParam: ({ first }) => (first > 0 ? first : undefined),
});

/** All that it takes to recompute the log: the last checkpoint, its keys, and the entries that it signs. */
export async function wholeLog(onRead: (entries: number, size: number) => void) {
  const checkpoint = await latestCheckpoint();
  const { keys } = await answerOf(api.GET('/v1/audit/key'));
  const entries: AuditEntry[] = [];
  while (entries.length < checkpoint.size) {
    const limit = Math.min(PAGE, checkpoint.size - entries.length);
    const next = (await page(entries.length - 1, limit)).entries;
    if (next.length === 0) break;
    entries.push(...next);
    onRead(entries.length, checkpoint.size);
  }
  return { checkpoint, vkeys: keys.map(({ vkey }) => vkey), entries };
}
