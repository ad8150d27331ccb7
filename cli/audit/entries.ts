import { InvalidArgumentError } from 'commander';
import type { AuditCheckpoint, AuditEntry } from '../../domain/api/audit.js';
import type { ApiClient } from '../api-client.js';

/** The entries after one, page by page. */
export async function* readEntries(api: ApiClient, after?: number): AsyncGenerator<AuditEntry> {
  for (let next: number | null | undefined = after; next !== null;) {
    const page = await api.audit({ after: next });
    yield* page.entries;
    next = page.next;
  }
}

/** The checkpoints, the smallest first, page by page. */
export async function* readCheckpoints(api: ApiClient): AsyncGenerator<AuditCheckpoint> {
  for (let next: number | null = 0; next !== null;) {
    const page = await api.auditCheckpoints({ after: next });
    yield* page.checkpoints;
    next = page.next;
  }
}

/** Of an option or argument. @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('expected a whole number');
  return Number(text);
}
