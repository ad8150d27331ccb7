import { CopyButton, UnstyledButton } from '@mantine/core';

const SHOWN = 12;
const PREFIX = 'sha256:';

/** The short form of a digest, as it stands everywhere in Assay. */
export const shortDigest = (digest: string): string =>
  digest.startsWith(PREFIX) ? digest.slice(0, PREFIX.length + SHOWN) : digest;

/** A digest in short form, or whole; a button copies the whole of it. */
export function Digest({ of, isWhole = false, what }: { of: string; isWhole?: boolean; what: string }) {
  return (
    <span className="digest">
      <code title={of}>{isWhole ? of : shortDigest(of)}</code>
      <CopyButton value={of}>
        {({ copied, copy }) => (
          <UnstyledButton className="copy no-print" onClick={copy} aria-label={`Copy the digest of ${what}`}>
            {copied ? 'copied' : 'copy'}
          </UnstyledButton>
        )}
      </CopyButton>
    </span>
  );
}
