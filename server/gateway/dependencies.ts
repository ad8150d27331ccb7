import type { KeyObject } from 'node:crypto';
import type { RequestFile } from '../../domain/ports/approval-store.js';
import type { ArtifactStore } from '../../domain/ports/artifact-store.js';
import type { RegistryStore } from '../../domain/ports/registry-store.js';
import type { EvidenceStore } from '../../domain/ports/run-store.js';
import type { Logger } from '../process/logger.js';
import type { ProviderAddress } from './ask-provider.js';
import type { ServedRequest } from '../../db/stores/served-requests.js';
import type { ServedRecorder } from './served-recorder.js';

/** Who uses the gateway: a token with the scope `gateway`. */
export interface GatewayCaller {
  id: string;
  isDemo: boolean;
  scopes: readonly string[];
  roles: readonly { project: string; role: string }[];
}

/** A version that somebody asked for and that was not served. */
export interface RefusedServing {
  project: string;
  actor: string;
  alias: string;
  versionId: string;
  reason: string;
}

export interface GatewayDependencies {
  accounts: { principalByToken(sha256: string): Promise<GatewayCaller | undefined> };
  registry: Pick<RegistryStore, 'route' | 'version'>;
  aliases: (project: string) => Promise<string[]>;
  /** The approved request of a run as it stood when it was closed. */
  released: (runId: string) => Promise<RequestFile | undefined>;
  evidence: Pick<EvidenceStore, 'load'>;
  /** Where weights are kept, if this process sees them: they are read through once a minute. */
  artifacts?: ArtifactStore | undefined;
  /** Providers by the name under which versions were trained. */
  models: Record<string, ProviderAddress>;
  record: ServedRecorder<ServedRequest>;
  auditRefusal: (refused: RefusedServing) => Promise<void>;
  instance: string;
  publicKey: KeyObject;
  allowDemoIdentities: boolean;
  log: Logger;
  timeoutMilliseconds?: number;
  /** Milliseconds; default: the wall clock. */
  clock?: () => number;
}
