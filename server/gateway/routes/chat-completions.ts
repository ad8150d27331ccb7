import type { Context, Handler } from 'hono';
import { askProvider, type Completion } from '../ask-provider.js';
import { askedText, chatRequestSchema, forProvider, type ChatRequestBody } from '../chat-request.js';
import type { ServedRequest } from '../../../db/stores/served-requests.js';
import type { GatewayDependencies } from '../dependencies.js';
import type { GatewayEnvironment } from '../environment.js';
import { GatewayRefusal } from '../openai-error.js';
import { sampleInput, sampleOutput } from '../sample.js';
import type { SelectVersion } from '../select-version.js';

type ChatContext = Context<GatewayEnvironment>;

const TIMEOUT_MILLISECONDS = 60_000;
const ITEM_KEY_LENGTH = 500;

/** Answers a chat request with the version that the alias has for its key, and records what was asked and answered. */
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
    const provider = models[version.trained.provider];
    if (provider === undefined)
      throw new GatewayRefusal(503, 'unavailable', `The provider ${version.trained.provider} is not set up here.`);

    const signal = AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(timeoutMilliseconds)]);
    const completion = await askProvider(provider, forProvider(request, version.trained.model), signal);
    const latencyMilliseconds = Math.max(0, Math.round(clock() - startedAt));
    const times = { at: new Date(startedAt).toISOString(), latencyMilliseconds };
    await record.add({ ...describe(c, request, completion), ...times, versionId: version.id });
    return c.json({ ...completion, id: c.get('requestId'), model: alias });
  };
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

function describe(
  c: ChatContext,
  request: ChatRequestBody,
  { choices, usage }: Completion,
): Omit<ServedRequest, 'at' | 'latencyMilliseconds' | 'versionId'> {
  return {
    id: c.get('requestId'),
    project: c.get('project'),
    alias: request.model,
    itemKey: request.metadata?.['item']?.slice(0, ITEM_KEY_LENGTH) ?? null,
    maskedInput: sampleInput(askedText(request)),
    output: sampleOutput(choices[0]?.message.content ?? ''),
    promptTokens: usage?.prompt_tokens ?? 0,
    completionTokens: usage?.completion_tokens ?? 0,
  };
}
