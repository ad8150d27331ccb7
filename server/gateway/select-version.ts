import { NAME_PATTERN } from '../../domain/kernel/units/name.js';
import type { ModelVersion } from '../../domain/ports/registry-store.js';
import { chooseVersion } from './choose-version.js';
import type { GatewayDependencies, RefusedServing } from './dependencies.js';
import { GatewayRefusal } from './openai-error.js';
import { createTimedMemo } from './timed-memo.js';
import type { VersionQuestion, VersionVerdict } from './version-verdict.js';

/** A move of an alias is seen within this time. */
const ROUTE_MILLISECONDS = 500;
/** The same refusal is audited once in this time. */
const AUDIT_MILLISECONDS = 60_000;

export interface Selection {
  project: string;
  caller: string;
  alias: string;
  key: string;
}
export type SelectVersion = (selection: Selection) => Promise<ModelVersion>;

type Options = Pick<GatewayDependencies, 'registry' | 'auditRefusal'> & {
  verdictOf: (question: VersionQuestion) => Promise<VersionVerdict>;
  clock: () => number;
};

/**
 * The version that may answer. @throws GatewayRefusal `model_not_found` where the alias serves nothing;
 * `version_not_approved`, audited, where the version it points at may not be served.
 */
export function createSelectVersion({ registry, auditRefusal, verdictOf, clock }: Options): SelectVersion {
  const routes = createTimedMemo({
    load: (key) => registry.route(...(JSON.parse(key) as [project: string, alias: string])),
    milliseconds: ROUTE_MILLISECONDS,
    clock,
  });
  const audits = createTimedMemo({
    load: (key) => auditRefusal(JSON.parse(key) as RefusedServing),
    milliseconds: AUDIT_MILLISECONDS,
    clock,
  });
  return async ({ project, caller: actor, alias, key }) => {
    const route = NAME_PATTERN.test(alias) ? await routes(JSON.stringify([project, alias])) : undefined;
    const versionId = route && chooseVersion(route, key);
    if (versionId === undefined)
      throw new GatewayRefusal(404, 'model_not_found', `The alias ${alias.slice(0, 63)} serves nothing here.`);
    const { version, reason } = await verdictOf({ project, alias, versionId });
    if (version !== undefined && reason === null) return version;
    await audits(JSON.stringify({ project, actor, alias, versionId, reason }));
    throw new GatewayRefusal(403, 'version_not_approved', `${versionId} is not served: ${reason}.`);
  };
}
