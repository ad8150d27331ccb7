import type { Context, Handler } from 'hono';
import { SERVED_OUTCOMES, type ServedOutcome } from '../../../domain/kernel/states.js';
import { askProvider, type Completion, type ProviderAddress } from '../ask-provider.js';
import { askedText, chatRequestSchema, forProvider, type ChatRequestBody } from '../chat-request.js';
import type { ServedRequest } from '../../../db/stores/served-requests.js';
import type { GatewayDependencies } from '../dependencies.js';
import type { GatewayEnvironment } from '../environment.js';
import { GatewayRefusal } from '../openai-error.js';
import { sampleInput, sampleOutput } from '../sample.js';
import type { SelectVersion } from '../select-version.js';

type ChatContext = Context<GatewayEnvironment>;

const TIMEOUT_MILLISECONDS = 60_000;
/** What a column of Postgres holds; a provider may report anything. */
const MOST_TOKENS = 2 ** 31 - 1;

/**
 * Answers a chat request with the version that the alias has for its key. Whatever a version was asked is recorded, what
 * failed too, before the caller hears of it.
 */
export function chatCompletions(
  selectVersion: SelectVersion,
  options: Pick<GatewayDependencies, 'models' | 'record' | 'timeoutMilliseconds'> & { clock: () => number },
): Handler<GatewayEnvironment> {
  const { models, record, clock, timeoutMilliseconds = TIMEOUT_MILLISECONDS } = options;
  return async (c) => {
    const startedAt = clock();
    const request = await readRequest(c);
    const alias = request.model;
    const key = c.req.header('x-assay-key') ?? request.user ?? c.get('requestId');
    const version = await selectVersion({ project: c.get('project'), caller: c.get('caller'), alias, key });
    c.header('x-assay-version', version.id);
    const remember = (answered: Answered): Promise<void> => {
      const latencyMilliseconds = Math.max(0, Math.round(clock() - startedAt));
      const times = { at: new Date(startedAt).toISOString(), latencyMilliseconds };
      return record.add({ ...describe(c, request), ...times, versionId: version.id, ...answered });
    };

    const signal = AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(timeoutMilliseconds)]);
    try {
      const provider = providerOf(models, version.trained.provider);
      const completion = await askProvider(provider, forProvider(request, version.trained), signal);
      await remember(whatCame(completion));
      return c.json({ ...completion, id: c.get('requestId'), model: alias });
    } catch (error) {
      const outcome = c.req.raw.signal.aborted ? 'caller_left' : outcomeOf(error);
      if (outcome !== undefined) await remember({ output: '', promptTokens: 0, completionTokens: 0, outcome });
      throw error;
    }
  };
}

type Answered = Pick<ServedRequest, 'output' | 'promptTokens' | 'completionTokens' | 'outcome'>;

const whatCame = ({ choices, usage }: Completion): Answered => ({
  output: sampleOutput(choices[0]?.message.content ?? ''),
  promptTokens: Math.min(usage?.prompt_tokens ?? 0, MOST_TOKENS),
  completionTokens: Math.min(usage?.completion_tokens ?? 0, MOST_TOKENS),
  outcome: 'answered',
});

/** What is recorded of an error; undefined where it is not the answer that failed. */
const outcomeOf = (error: unknown): ServedOutcome | undefined =>
  error instanceof GatewayRefusal ? SERVED_OUTCOMES.find((outcome) => outcome === error.code) : undefined;

function providerOf(models: GatewayDependencies['models'], name: string): ProviderAddress {
  const provider = Object.hasOwn(models, name) ? models[name] : undefined;
  if (provider !== undefined) return provider;
  throw new GatewayRefusal(503, 'unavailable', `The provider ${name} is not set up here.`);
}

async function readRequest(c: ChatContext): Promise<ChatRequestBody> {
  const body: unknown = await c.req.json().catch(() => undefined);
  const parsed = chatRequestSchema.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue === undefined || issue.path.length === 0 ? 'the body' : issue.path.join('.');
    throw new GatewayRefusal(400, 'invalid_request', `Not a chat request in JSON: ${where}: ${issue?.message ?? ''}`);
  }
  if (parsed.data.stream === true)
    throw new GatewayRefusal(400, 'stream_not_supported', 'Streaming is not supported yet: send `stream: false`.');
  return parsed.data;
}

const describe = (c: ChatContext, request: ChatRequestBody) => ({
  id: c.get('requestId'),
  project: c.get('project'),
  alias: request.model,
  itemKey: request.metadata?.item ?? null,
  maskedInput: sampleInput(askedText(request)),
});
