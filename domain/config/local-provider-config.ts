import { z } from 'zod';
import { parseConfig, type Config, type Environment } from './parse-config.js';

const text = z.string();
const port = z
  .string()
  .regex(/^[0-9]{1,5}$/)
  .transform(Number)
  .refine((value) => value <= 65_535);

export const localProviderShape = {
  host: {
    names: ['ASSAY_LOCAL_PROVIDER_HOST'] as [string],
    meaning: 'a host name or address',
    schema: text,
    otherwise: { value: '127.0.0.1' },
  },
  port: {
    names: ['ASSAY_LOCAL_PROVIDER_PORT'] as [string],
    meaning: 'a port, 0 to 65535',
    schema: port,
    otherwise: { value: 7462 },
  },
  folder: {
    names: ['ASSAY_LOCAL_PROVIDER_FOLDER'] as [string],
    meaning: 'the folder of its files, jobs and models',
    schema: text,
  },
  apiKey: {
    names: ['ASSAY_LOCAL_PROVIDER_KEY'] as [string],
    meaning: 'the bearer key that callers must send',
    schema: text,
  },
};

export type LocalProviderConfig = Config<typeof localProviderShape>;

/** What the local provider's process is told. @throws LifecycleError INVALID_INPUT */
export const parseLocalProviderConfig = (environment: Environment): LocalProviderConfig =>
  parseConfig(localProviderShape, environment);
