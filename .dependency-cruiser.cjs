// Who may import whom at run time (type imports do not count). The table stands in docs/architecture.md.
const ROOMS = '^(domain|workflows|activities|workers|providers|db|server|cli)/';

/** A rule that a room's files reach nothing but what is listed, at the first step; every step is checked. */
const onlyTo = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: '^test/' },
  to: { pathNot: allowed },
});
const never = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});

const packages = (...names) => names.map((name) => `node_modules/${name}/`);
const PURE_PACKAGES = packages('zod', 'canonicalize', 'yaml', 'postal-mime', 'gpt-tokenizer', '@bufbuild/cel');
const TEMPORAL_IN_WORKFLOWS = packages('@temporalio/workflow', '@temporalio/common');
const TEMPORAL_IN_ACTIVITIES = packages('@temporalio/activity', '@temporalio/common');

module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one thing in two places.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: { path: ROOMS },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-test-in-product',
      severity: 'error',
      from: { path: ROOMS },
      to: { path: '^(test|scripts)/' },
    },
    onlyTo('kernel-only-itself', '^domain/kernel/', ['^domain/kernel/'], 'Workflows import it: plain TypeScript.'),
    onlyTo(
      'domain-is-pure',
      '^domain/(?!kernel/)',
      ['^domain/', '^(node:)?crypto$', ...PURE_PACKAGES],
      'No I/O, no clock, no randomness: what comes from outside comes in as an argument.',
    ),
    onlyTo(
      'workflows-stay-in-the-sandbox',
      '^workflows/',
      ['^workflows/', '^domain/kernel/', ...TEMPORAL_IN_WORKFLOWS],
      'Everything else breaks determinism or the size of the bundle; from activities only types.',
    ),
    onlyTo(
      'activities-use-ports',
      '^activities/(?!pool/)',
      [
        '^activities/',
        '^domain/',
        '^(node:)?(crypto|path|stream|stream/promises|buffer|timers/promises|util)$',
        ...TEMPORAL_IN_ACTIVITIES,
      ],
      'The outside comes in through port types.',
    ),
    never('worker-threads-only-in-the-pool', '^activities/(?!pool/)', '^(node:)?worker_threads$'),
    never(
      'providers-know-no-inner-room',
      '^providers/',
      '^(db|activities|workers|server|cli)/',
      'A repository comes in as an interface.',
    ),
    {
      ...never('providers-see-message-names-only', '^providers/', '^workflows/'),
      to: { path: '^workflows/', pathNot: '^workflows/messages\\.ts$' },
    },
    never('db-knows-only-the-domain', '^db/', '^(workflows|activities|workers|providers|server|cli)/'),
    never('server-starts-no-work-itself', '^server/', '^(workflows|activities|workers|cli)/'),
    never('api-and-gateway-stand-apart', '^server/api/', '^server/gateway/'),
    never('gateway-and-api-stand-apart', '^server/gateway/', '^server/api/'),
    never(
      'console-uses-the-api',
      '^server/console/',
      '^(domain|workflows|activities|workers|providers|db|cli|server/(?!console/))',
    ),
    never(
      'secrets-are-resolved-by-workers-and-gateway',
      '^(domain|workflows|activities|db|cli|server/api)/',
      '^providers/secrets/',
      'The api and the command line never see a value.',
    ),
    never('workers-serve-nobody', '^workers/', '^(server|cli)/'),
    never('cli-talks-to-the-api', '^cli/', '^(workflows|activities|workers|providers|db|server)/'),
  ],
  options: {
    tsPreCompilationDeps: false,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.assay)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
