/** One record as it came: bytes, and where in the source it stood. */
export interface RawRecord {
  /** Path inside the source, with `/`, e.g. `easy-ham-1/00001.txt`. */
  path: string;
  bytes: Uint8Array;
}

/** What a source says of itself, as found when it was opened: claims, not observations. */
export interface SourceClaims {
  uri: string;
  /** E.g. package name, version and integrity hash. */
  origin: Record<string, string>;
  /** Licences as stated by the source, verbatim. */
  licences: string[];
  description: string | null;
}

export interface OpenedSource {
  claims: SourceClaims;
  /** In a fixed order (by path). */
  records: AsyncIterable<RawRecord>;
}

export interface SourcePort {
  /**
   * `format` says which of the source's files are records; `eml` where it is not given.
   * @throws LifecycleError NOT_FOUND when there is no such source; INVALID_INPUT for an address it does not know;
   * NOT_ALLOWED for one that leads out of the folders a source may lie in.
   */
  open(uri: string, format?: 'eml' | 'jsonl'): Promise<OpenedSource>;
}
