/** What a check found. `skipped`: there is nothing to look at, which is no fault. */
export interface Finding {
  name: string;
  state: 'ok' | 'failed' | 'skipped';
  detail: string;
  /** What to do about a failure. */
  remedy?: string;
}

/** Looks at one thing; what it throws is a failure. */
export interface HealthCheck {
  name: string;
  remedy: string;
  /** Returns what it saw, or the reason why there is nothing to look at. */
  look(): Promise<string | { skipped: string }>;
}

export async function runCheck({ name, remedy, look }: HealthCheck): Promise<Finding> {
  try {
    const seen = await look();
    if (typeof seen === 'string') return { name, state: 'ok', detail: seen };
    return { name, state: 'skipped', detail: seen.skipped };
  } catch (error) {
    const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { name, state: 'failed', detail, remedy };
  }
}
