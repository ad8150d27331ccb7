import type { Handler } from 'hono';
import type { GatewayDependencies } from '../dependencies.js';
import type { GatewayEnvironment } from '../environment.js';
import type { VersionQuestion, VersionVerdict } from '../version-verdict.js';

type Options = Pick<GatewayDependencies, 'aliases' | 'registry'> & {
  verdictOf: (question: VersionQuestion) => Promise<VersionVerdict>;
};

/** The aliases that can be served: those whose every version with traffic may answer. */
export function listModels({ aliases, registry, verdictOf }: Options): Handler<GatewayEnvironment> {
  return async (c) => {
    const project = c.get('project');
    const data = [];
    for (const alias of await aliases(project)) {
      const { routes } = await registry.route(project, alias);
      const live = routes.filter(({ weight }) => weight > 0);
      const verdicts = await Promise.all(live.map(({ versionId }) => verdictOf({ project, alias, versionId })));
      const isServed = live.length > 0 && verdicts.every(({ reason }) => reason === null);
      if (isServed) data.push({ id: alias, object: 'model', created: 0, owned_by: project });
    }
    return c.json({ object: 'list', data });
  };
}
