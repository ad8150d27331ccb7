/** A file of a folder of weights. */
export interface WeightsFile {
  /** Relative to the folder, with `/`. */
  path: string;
  bytes: number;
  content: () => AsyncIterable<Uint8Array>;
}

/** Folders of weights that this process can read. */
export interface WeightsFolders {
  /**
   * The files of a folder, judged by name and by their first bytes: nothing that runs code when it is loaded.
   * @throws LifecycleError NOT_FOUND; NOT_ALLOWED for a way out of the worker's folder, a link, or a file of a kind
   * that is not accepted
   */
  open(folder: string): Promise<WeightsFile[]>;
}

/** What a provider says of its models. */
export interface ModelCatalogue {
  /** The provider's own words about a model it serves: plain values by name; undefined where it does not list it. */
  describe(model: string, signal?: AbortSignal): Promise<Record<string, string | number | boolean | null> | undefined>;
}
