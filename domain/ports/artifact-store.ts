import type { Digest } from '../kernel/digest.js';

export interface ArtifactRef {
  digest: Digest;
  bytes: number;
}

/** Blobs under their SHA-256: written atomically, verified on every read. */
export interface ArtifactStore {
  /** Streams bytes in. Putting the same bytes twice is one blob. */
  put(content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<ArtifactRef>;
  /** Streams a blob out. @throws LifecycleError NOT_FOUND; ARTIFACT when the bytes are not those of the digest. */
  get(digest: Digest): AsyncIterable<Uint8Array>;
  /** The blob whole, verified before the first byte is handed over. @throws as `get`. */
  read(digest: Digest): Promise<Buffer>;
  /** Reads the blob through and compares. `false` where it is missing or altered. */
  verify(digest: Digest): Promise<boolean>;
}
