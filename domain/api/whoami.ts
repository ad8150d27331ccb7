import { z } from 'zod';

export const whoamiSchema = z
  .object({
    principal: z.string(),
    kind: z.enum(['person', 'service']),
    displayName: z.string(),
    isDemo: z.boolean(),
    roles: z.array(z.object({ project: z.string(), role: z.string() })),
    scopes: z.array(z.string()),
    via: z.enum(['token', 'session']),
    method: z.enum(['token', 'local', 'oidc', 'demo']),
    /** When the person last proved who they are; for a token, when whoever made it did. */
    authenticatedAt: z.string(),
    /** Makes projects and people. */
    isInstallationAdmin: z.boolean(),
  })
  .meta({ id: 'Whoami' });
export type Whoami = z.infer<typeof whoamiSchema>;
