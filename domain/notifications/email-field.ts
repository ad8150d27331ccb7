import { z } from 'zod';

/** One address, `name@host.example`, and nothing beside it: no display name, no list, no line break, no quoting. */
export const emailField = z
  .email({ error: 'must be one address, as name@example.com' })
  .max(254)
  .refine((text) => !/[\s\p{C},;:<>()"\\]/u.test(text), 'must be one address, as name@example.com');
