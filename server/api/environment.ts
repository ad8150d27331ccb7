import type { Principal } from './stores.js';

/** What middlewares leave for routes. */
export interface ApiEnvironment {
  Variables: { requestId: string; principal: Principal; /** JSON, not yet judged. */ body: unknown };
}
