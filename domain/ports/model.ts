export interface ChatRequest {
  model: string;
  messages: { role: 'system' | 'user' | 'assistant'; content: string }[];
  maxTokens?: number;
  temperature?: number;
  seed?: number;
}

export interface ChatAnswer {
  /** The model id as the provider returned it. */
  model: string;
  content: string;
  promptTokens: number;
  completionTokens: number;
}

/** A served model, OpenAI-compatible. Its own retries are off: Temporal retries. */
export interface ModelPort {
  /** @throws LifecycleError PROVIDER with `retryable` decided once, here. */
  chat(request: ChatRequest, signal?: AbortSignal): Promise<ChatAnswer>;
  list(signal?: AbortSignal): Promise<string[]>;
}
