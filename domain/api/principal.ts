import { z } from 'zod';
import { nameField, plainTextField } from './fields.js';

export const createPrincipalSchema = z
  .strictObject({
    id: nameField,
    kind: z.enum(['person', 'service']),
    displayName: plainTextField({ min: 1, max: 200 }),
    /** Who signs in at the identity provider with this verified address is this principal, once. */
    email: z.email().max(254).optional(),
  })
  .meta({
    id: 'CreatePrincipal',
    examples: [{ id: 'ruth', kind: 'person', displayName: 'Ruth Weber', email: 'ruth@example.com' }],
  });

export type CreatePrincipal = z.infer<typeof createPrincipalSchema>;

const roleSchema = z.object({ project: z.string(), role: z.string() });

export const principalListSchema = z
  .object({
    principals: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['person', 'service']),
        displayName: z.string(),
        isDemo: z.boolean(),
        isInstallationAdmin: z.boolean(),
        deactivatedAt: z.string().nullable(),
        /** In the projects of which the caller is an admin; for an admin of the installation in all. */
        roles: z.array(roleSchema),
      }),
    ),
  })
  .meta({ id: 'PrincipalList' });
export type PrincipalList = z.infer<typeof principalListSchema>;

/** A principal that was made or changed. */
export const changedPrincipalSchema = z.object({ id: z.string() }).meta({ id: 'ChangedPrincipal' });

/** `code` is shown this once. */
export const issuedCodeSchema = z
  .object({ principal: z.string(), code: z.string(), expiresAt: z.string() })
  .meta({ id: 'IssuedCode' });

export const createProjectSchema = z
  .strictObject({ id: nameField })
  .meta({ id: 'CreateProject', examples: [{ id: 'inbox' }] });

export const projectListSchema = z.object({ projects: z.array(z.string()) }).meta({ id: 'ProjectList' });
export const createdProjectSchema = z.object({ id: z.string() }).meta({ id: 'CreatedProject' });

export const namedPrincipalSchema = z
  .strictObject({ principal: z.string().min(1).max(200) })
  .meta({ id: 'NamedPrincipal', examples: [{ principal: 'ruth' }] });

export const roleGrantSchema = z
  .strictObject({ principal: z.string().min(1).max(200), role: nameField })
  .meta({ id: 'RoleGrant', examples: [{ principal: 'ruth', role: 'risk' }] });

export const changedGrantSchema = z
  .object({ principal: z.string(), project: z.string(), role: z.string() })
  .meta({ id: 'ChangedGrant' });

export const declareRoleSchema = z
  .strictObject({ name: nameField, meaning: plainTextField({ min: 1, max: 500 }) })
  .meta({ id: 'DeclareRole', examples: [{ name: 'clinical-safety', meaning: 'Judges the risk to patients.' }] });

export const declaredRoleSchema = z
  .object({ project: z.string(), name: z.string(), meaning: z.string() })
  .meta({ id: 'DeclaredRole' });

export const roleListSchema = z
  .object({
    project: z.string(),
    /** Of every project. */
    builtIn: z.array(z.string()),
    own: z.array(z.object({ name: z.string(), meaning: z.string() })),
    holders: z.array(z.object({ principal: z.string(), role: z.string(), grantedAt: z.string() })),
  })
  .meta({ id: 'RoleList' });
export type RoleList = z.infer<typeof roleListSchema>;
