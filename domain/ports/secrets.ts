/** A place that keeps secrets. */
export interface SecretSource {
  /** Where it looks for one, in words, for messages: "the variable ASSAY_SECRET_OPENAI_KEY". */
  place(name: string): string;
  /** The value as it is now; undefined where there is none. @throws where one is there and must not be taken. */
  read(name: string): Promise<string | undefined>;
}

/** What a process of the data plane (worker, gateway) resolves `${secret:NAME}` with. Never the api, never the CLI. */
export interface Secrets {
  /**
   * The text with each reference replaced; values are at most half a minute old.
   * @throws LifecycleError NOT_FOUND that names the secret and where it was looked for.
   */
  resolve(text: string): Promise<string>;
  /** As `resolve`, but read again now: after a service has refused what it was given. */
  renew(text: string): Promise<string>;
  /** The text with every value that was handed out replaced by its name, for whatever is kept or shown. */
  mask(text: string): string;
}

/** A key that may be exchanged while the process runs. */
export interface RotatingKey {
  current(): Promise<string>;
  /** Read again, after it was refused. */
  renewed(): Promise<string>;
}

/** A written key that may be a reference. */
export const secretKey = (secrets: Secrets, written: string): RotatingKey => ({
  current: () => secrets.resolve(written),
  renewed: () => secrets.renew(written),
});

/** A key that is what it is, as one that may be exchanged. */
export const asRotatingKey = (key: string | RotatingKey): RotatingKey =>
  typeof key === 'string' ? { current: async () => key, renewed: async () => key } : key;
