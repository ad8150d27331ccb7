import { bigint, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { clock, moment } from './columns.js';

/** How a person proved who they are. */
export const SIGN_IN_METHODS = ['local', 'oidc', 'demo'] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

export const CODE_PURPOSES = ['first-admin', 'password'] as const;

/** A role that a project adds to the built-in ones. */
export const ownRole = pgTable(
  'own_role',
  {
    project: text('project').notNull(),
    name: text('name').notNull(),
    meaning: text('meaning').notNull(),
    declaredBy: text('declared_by').notNull(),
    declaredAt: moment('declared_at').notNull().default(clock),
  },
  (table) => [primaryKey({ columns: [table.project, table.name] })],
);

/** Who makes projects and people; no role in any project. */
export const installationAdmin = pgTable('installation_admin', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  principal: text('principal').notNull(),
  grantedAt: moment('granted_at').notNull().default(clock),
  revokedAt: moment('revoked_at'),
});

/** A subject of an identity provider, and who it is here. */
export const principalIdentity = pgTable('principal_identity', {
  id: uuid('id').primaryKey().defaultRandom(),
  issuer: text('issuer').notNull(),
  subject: text('subject').notNull(),
  principal: text('principal').notNull(),
  linkedAt: moment('linked_at').notNull().default(clock),
});

/** In lower case. Counts for one first sign-in. */
export const principalEmail = pgTable('principal_email', {
  email: text('email').primaryKey(),
  principal: text('principal').notNull(),
  preparedAt: moment('prepared_at').notNull().default(clock),
  linkedAt: moment('linked_at'),
});

/** Argon2id, in PHC form. */
export const localPassword = pgTable('local_password', {
  principal: text('principal').primaryKey(),
  hash: text('hash').notNull(),
  setAt: moment('set_at').notNull().default(clock),
});

export const oneTimeCode = pgTable('one_time_code', {
  id: uuid('id').primaryKey().defaultRandom(),
  sha256: text('sha256').notNull(),
  purpose: text('purpose', { enum: CODE_PURPOSES }).notNull(),
  principal: text('principal'),
  issuedAt: moment('issued_at').notNull().default(clock),
  expiresAt: moment('expires_at').notNull(),
  usedAt: moment('used_at'),
});

/** Of its id only the SHA-256 is kept. */
export const session = pgTable('session', {
  id: uuid('id').primaryKey().defaultRandom(),
  sha256: text('sha256').notNull(),
  principal: text('principal').notNull(),
  method: text('method', { enum: SIGN_IN_METHODS }).notNull(),
  acr: text('acr'),
  amr: text('amr').array().notNull().default([]),
  createdAt: moment('created_at').notNull().default(clock),
  authenticatedAt: moment('authenticated_at').notNull().default(clock),
  lastUsedAt: moment('last_used_at').notNull().default(clock),
  expiresAt: moment('expires_at').notNull(),
  endedAt: moment('ended_at'),
});

/** A device that asks to be let in (RFC 8628). */
export const deviceGrant = pgTable('device_grant', {
  id: uuid('id').primaryKey().defaultRandom(),
  deviceSha256: text('device_sha256').notNull(),
  userSha256: text('user_sha256').notNull(),
  label: text('label').notNull(),
  scopes: text('scopes').array().notNull(),
  createdAt: moment('created_at').notNull().default(clock),
  expiresAt: moment('expires_at').notNull(),
  lastPolledAt: moment('last_polled_at'),
  confirmedBy: text('confirmed_by'),
  authenticatedAt: moment('authenticated_at'),
  deniedAt: moment('denied_at'),
  usedAt: moment('used_at'),
});

/** How often something was tried of late. The key is a digest. */
export const signInPace = pgTable('sign_in_pace', {
  key: text('key').primaryKey(),
  tries: integer('tries').notNull(),
  until: moment('until').notNull(),
});
