import { z } from 'zod';

export const whoamiSchema = z
  .object({
    principal: z.string(),
    kind: z.enum(['person', 'service']),
    displayName: z.string(),
    isDemo: z.boolean(),
    roles: z.array(z.object({ project: z.string(), role: z.string() })),
    scopes: z.array(z.string()),
  })
  .meta({ id: 'Whoami' });
export type Whoami = z.infer<typeof whoamiSchema>;
