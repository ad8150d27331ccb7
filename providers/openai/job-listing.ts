import type OpenAI from 'openai';
import { providerError } from '../../domain/kernel/errors.js';
import { eventPage, jobPage, type EventAnswer, type JobAnswer } from './answers.js';
import { callForJson, type CallLimits } from './call.js';

/** The name of the metadata pair under which a job carries the key that asked for it. */
export const KEY_METADATA = 'assay_key';

const PAGE_SIZE = 100;
const MAXIMUM_PAGES = 1000;

/**
 * The oldest job that carries a key. All pages are read, since a provider may ignore the filter and lists newest first.
 */
export async function findJobByKey(client: OpenAI, key: string, limits: CallLimits): Promise<JobAnswer | undefined> {
  let oldest: JobAnswer | undefined;
  const pages = readPages((cursor) =>
    callForJson(limits, jobPage, (options) =>
      client.fineTuning.jobs.list({ ...cursor, metadata: { [KEY_METADATA]: key } }, options),
    ),
  );
  for await (const job of pages) if (job.metadata?.[KEY_METADATA] === key) oldest = job;
  return oldest;
}

/** The events after one of them, oldest first. All of them where that one is unknown to the provider. */
export async function eventsAfter(
  client: OpenAI,
  { jobId, afterEventId }: { jobId: string; afterEventId: string | undefined },
  limits: CallLimits,
): Promise<EventAnswer[]> {
  const events: EventAnswer[] = [];
  const pages = readPages((cursor) =>
    callForJson(limits, eventPage, (options) => client.fineTuning.jobs.listEvents(jobId, cursor, options)),
  );
  for await (const event of pages) {
    if (event.id === afterEventId) break;
    events.push(event);
  }
  return events.toReversed();
}

/** Follows a list to its end. @throws LifecycleError PROVIDER when it has none, or its pages repeat. */
async function* readPages<T extends { id: string }>(
  read: (cursor: { limit: number; after?: string }) => Promise<{ data: T[]; has_more?: boolean | null | undefined }>,
): AsyncGenerator<T> {
  let after: string | undefined;
  for (let page = 0; page < MAXIMUM_PAGES; page++) {
    const { data, has_more: hasMore } = await read({ limit: PAGE_SIZE, ...(after === undefined ? {} : { after }) });
    yield* data;
    const last = data.at(-1)?.id;
    if (hasMore !== true || last === undefined) return;
    if (last === after) break;
    after = last;
  }
  throw providerError('The provider lists without an end; its pages repeat.', { retryable: false });
}
