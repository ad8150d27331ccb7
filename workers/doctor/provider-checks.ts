import type { ProviderConfig } from '../../domain/config/providers.js';
import type { HealthCheck } from '../../domain/health-check.js';
import { secretKey, type Secrets } from '../../domain/ports/secrets.js';
import { knownModel, type KnownModel } from '../../domain/training/known-models.js';
import { createOpenAiModel } from '../../providers/openai/model.js';
import { probeJobs } from '../../providers/openai/probe-jobs.js';

const NEAR_DAYS = 90;
const DAY_MILLISECONDS = 86_400_000;
/** What is asked for where no price names a base model: a name that most hosted services know. */
const USUAL_BASE = 'gpt-4.1-mini-2025-04-14';

/** What can be known of one provider without paying. */
export function providerChecks(name: string, provider: ProviderConfig, secrets: Secrets, now: number): HealthCheck[] {
  const { baseUrl, apiKey, prices } = provider;
  const connection = { baseUrl, apiKey: secretKey(secrets, apiKey) };
  const bases = Object.keys(prices);
  const probed = bases[0] ?? (name === 'local' ? 'local/linear-ngram' : USUAL_BASE);
  return [
    {
      name: `${name}: key`,
      remedy: 'Look at the address and the key of this provider in ASSAY_PROVIDERS.',
      look: async () => {
        const models = await createOpenAiModel(connection).list();
        return `${models.length} models listed at ${baseUrl}`;
      },
    },
    {
      name: `${name}: jobs`,
      remedy: 'Ask the provider to let this key create fine-tuning jobs, or train elsewhere.',
      look: async () => {
        const { answer, words } = await probeJobs(connection, probed);
        if (answer === 'may-not-create') throw new Error(`jobs may not be created: ${words}`);
        if (answer === 'unclear') return { warning: `whether jobs may be created is not clear: ${words}` };
        return `jobs may be created: ${words}`;
      },
    },
    ...bases.map((base) => retirementCheck(name, base, now)),
  ];
}

const retirementCheck = (name: string, base: string, now: number): HealthCheck => ({
  name: `${name}: ${base}`,
  remedy: 'Plan a successor: another base model, trained and approved in time.',
  look: async () => {
    const known = knownModel(base);
    const dates = datesOf(known);
    if (known === undefined || dates.length === 0) return { skipped: 'no date of its end is known here' };
    const words = dates.map(([date, what]) => `${what} ${date}`).join('; ');
    const isNear = dates.some(([date]) => Date.parse(date) - now < NEAR_DAYS * DAY_MILLISECONDS);
    return isNear ? { warning: words } : words;
  },
});

const datesOf = (known: KnownModel | undefined): [date: string, what: string][] => [
  ...(known?.lastJobs === undefined ? [] : [[known.lastJobs, 'no new jobs after'] as [string, string]]),
  ...(known?.retirement === undefined ? [] : [[known.retirement, 'what it makes is served until'] as [string, string]]),
];
