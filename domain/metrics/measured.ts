/**
 * A measured value, or why there is none: never NaN, and what is unmeasured counts neither as good nor as bad.
 * `interval` is two-sided at `confidence`: each of its ends alone is one-sided at (1 + `confidence`) / 2.
 */
export type Measured<T> =
  | { status: 'ok'; value: T; n: number; interval?: [number, number]; confidence?: number; method?: string }
  | { status: 'unmeasured' | 'error'; reason: string };
