import { apiClient, type ApiClient } from '../api-client.js';
import type { DevStack } from '../dev/dev-stack.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { DemoPrinter } from './demo-printer.js';

/** One demo: where it runs, who takes part, how it speaks. */
export interface DemoSession {
  stack: DevStack;
  /** The state folder, for the commands that people are asked to type. */
  home: string;
  printer: DemoPrinter;
  /** The demo identities sign by themselves; otherwise the demo waits for a person to type the commands. */
  signsItself: boolean;
}

export function tokenOf({ stack }: DemoSession, name: string): string {
  const token = stack.tokens[name];
  if (token === undefined) throw new LifecycleError('INTERNAL', `"assay dev" made no token for ${name}.`);
  return token;
}

/** The api, asked as one of the demo identities. */
export const apiAs = (session: DemoSession, name: string): ApiClient =>
  apiClient({ apiUrl: session.stack.apiUrl, token: tokenOf(session, name) });
