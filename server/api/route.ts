import type { Handler } from 'hono';
import type { z } from 'zod';
import type { ApiScope, Role } from '../../db/schema/account.js';
import type { ApiEnvironment } from './environment.js';
import type { ReadableArtifacts } from './comparison/stored-lines.js';
import type { EventHub } from './events/event-hub.js';
import type { SignIn } from './sign-in/sign-in.js';
import type { SigningKeys } from './signing.js';
import type { ApiStores } from './stores.js';

/** What handlers need beside rows. */
export interface RouteOptions extends SigningKeys {
  signIn: SignIn;
  /** Where predictions and data are read from; left out where this api has no way to them. */
  artifacts?: ReadableArtifacts;
  /** What tells of events as they happen; left out where nobody listens to the database. */
  events?: EventHub;
}

/** An answer that is no problem. */
export interface RouteAnswer {
  description: string;
  /** Left out where the answer has no body. */
  schema?: z.ZodType;
  /** Other media types that the caller may ask for, beside JSON. */
  alsoAs?: readonly string[];
}

/**
 * One operation of the api as data: the app is built from it, the OpenAPI document is generated from it, and a test
 * walks over it. Problems need no entry: what can go wrong follows from the rest.
 */
export interface Route {
  method: 'get' | 'post' | 'put' | 'delete';
  /** `:name` is a parameter. */
  path: `/v1/${string}`;
  /** A verb and what it is about: the operation's name in the document and in generated clients. */
  operationId: string;
  tag: 'account' | 'runs' | 'approvals' | 'tasks' | 'models' | 'prompts' | 'traffic' | 'evidence' | 'operations';
  /** One line, without a full stop. */
  summary: string;
  description?: string;
  /** One of these in the project is needed; left out where every member may, or where a policy decides. */
  roles?: readonly Role[];
  /** What a token must have been made for; left out, `read` for a GET and `write` for the others. */
  scope?: ApiScope;
  /** Asked before anybody has signed in. */
  isPublic?: true;
  /** Takes no Idempotency-Key: its answer holds a secret, or a cookie, that nobody should keep. */
  keepsNoAnswer?: true;
  /** Strict schemas; the handler reads the body by the same schema. A query without a schema takes no parameters. */
  request?: { query?: z.ZodObject; body?: z.ZodType };
  answers: Readonly<Partial<Record<200 | 201 | 202 | 204, RouteAnswer>>>;
  handler: (stores: ApiStores, options: RouteOptions) => Handler<ApiEnvironment>;
}
