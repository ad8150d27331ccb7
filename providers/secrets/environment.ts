import type { SecretSource } from '../../domain/ports/secrets.js';
import { variableOfSecret } from '../../domain/secrets/reference.js';

/** Secrets in variables `ASSAY_SECRET_<NAME>`. They change with a restart only. */
export const createEnvironmentSecrets = (variables: Readonly<Record<string, string>>): SecretSource => ({
  place: (name) => `the variable ${variableOfSecret(name)}`,
  read: async (name) => variables[variableOfSecret(name)],
});
