/** What a check found. `warning`: it works, and should be looked at. `skipped`: there is nothing to look at. */
export interface Finding {
  name: string;
  state: 'ok' | 'warning' | 'failed' | 'skipped';
  detail: string;
  /** What to do about a failure or a warning. */
  remedy?: string;
}

/** Looks at one thing; what it throws is a failure. */
export interface HealthCheck {
  name: string;
  remedy: string;
  /** Returns what it saw, or the reason why there is nothing to look at, or what should be looked at. */
  look(): Promise<string | { skipped: string } | { warning: string }>;
}

export async function runCheck({ name, remedy, look }: HealthCheck): Promise<Finding> {
  try {
    const seen = await look();
    if (typeof seen === 'string') return { name, state: 'ok', detail: seen };
    if ('warning' in seen) return { name, state: 'warning', detail: seen.warning, remedy };
    return { name, state: 'skipped', detail: seen.skipped };
  } catch (error) {
    const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { name, state: 'failed', detail, remedy };
  }
}
