/** What middlewares leave for routes. */
export interface GatewayEnvironment {
  Variables: { requestId: string; caller: string; project: string };
}
