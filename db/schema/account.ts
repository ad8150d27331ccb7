import { bigint, boolean, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { clock, moment } from './columns.js';

export const PRINCIPAL_KINDS = ['person', 'service'] as const;
export type PrincipalKind = (typeof PRINCIPAL_KINDS)[number];

export const ROLES = [
  'viewer',
  'author',
  'ml-lead',
  'risk',
  'legal',
  'product',
  'security',
  'auditor',
  'admin',
] as const;
/** A built-in one; a project may add own ones (`own_role`). */
export type Role = (typeof ROLES)[number];

/** What a token may be used for. `gateway` stands alone: such a token opens nothing at the api. */
export const TOKEN_SCOPES = ['read', 'write', 'approve', 'gateway'] as const;
/** All that a person may do at the api. */
export const API_SCOPES = ['read', 'write', 'approve'] as const;
export type ApiScope = (typeof API_SCOPES)[number];

/** The service that asks for runs when a trigger calls for one. */
export const RETRAIN_PRINCIPAL = 'assay-retrain';
/** The service that ends a run where a schedule's next one takes its place. */
export const SCHEDULE_PRINCIPAL = 'assay-schedule';

export const project = pgTable('project', {
  id: text('id').primaryKey(),
  createdAt: moment('created_at').notNull().default(clock),
});

export const principal = pgTable('principal', {
  id: text('id').primaryKey(),
  kind: text('kind', { enum: PRINCIPAL_KINDS }).notNull(),
  displayName: text('display_name').notNull(),
  isDemo: boolean('is_demo').notNull().default(false),
  createdAt: moment('created_at').notNull().default(clock),
  deactivatedAt: moment('deactivated_at'),
});

export const roleGrant = pgTable('role_grant', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  principal: text('principal').notNull(),
  project: text('project').notNull(),
  /** A built-in role, or an own one of the project. */
  role: text('role').notNull(),
  grantedAt: moment('granted_at').notNull().default(clock),
  revokedAt: moment('revoked_at'),
});

/** Opaque tokens: only their SHA-256 (64 hex digits) is kept. */
export const apiToken = pgTable('api_token', {
  id: uuid('id').primaryKey().defaultRandom(),
  principal: text('principal').notNull(),
  sha256: text('sha256').notNull(),
  label: text('label').notNull(),
  /** Without any it opens nothing. */
  scopes: text('scopes').array().notNull().default([]),
  createdAt: moment('created_at').notNull().default(clock),
  /** When whoever made it last proved who they are. */
  authenticatedAt: moment('authenticated_at').notNull().default(clock),
  expiresAt: moment('expires_at').notNull(),
  lastUsedAt: moment('last_used_at'),
  revokedAt: moment('revoked_at'),
});
