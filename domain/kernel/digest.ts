/** A content address: `sha256:` and 64 lower-case hex digits. */
export type Digest = `sha256:${string}`;

const DIGEST = /^sha256:[0-9a-f]{64}$/;

export const isDigest = (value: unknown): value is Digest => typeof value === 'string' && DIGEST.test(value);

/** The form in which a person reads a digest: its first twelve hex digits. */
export const shortDigest = (digest: string): string => digest.replace(/^sha256:/, '').slice(0, 12);
