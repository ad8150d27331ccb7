import type { ApiClient } from '../api-client.js';
import { isLifecycleError } from '../../domain/kernel/errors.js';

/** What is known of the alias: asked, or why it could not be. */
export type ChampionAnswer = { asked: true; champion: string | null } | { asked: false; reason: string };

/** Asks an api for the champion of an alias. Whatever speaks against asking is an answer too: a plan needs no api. */
export async function findChampion(api: () => ApiClient, alias: string): Promise<ChampionAnswer> {
  try {
    return { asked: true, champion: (await api().alias(alias)).champion };
  } catch (error) {
    if (isLifecycleError(error, 'NOT_FOUND')) return { asked: true, champion: null };
    if (isLifecycleError(error)) return { asked: false, reason: error.message };
    throw error;
  }
}

export function championInWords(answer: ChampionAnswer): string {
  if (!answer.asked) return `not asked: ${answer.reason}`;
  return answer.champion ?? 'none yet: this would be the first release';
}
