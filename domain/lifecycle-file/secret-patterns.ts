/** What keys and secrets of common services look like; the digit tells a key from a hyphenated word. */
const PATTERNS: readonly [kind: string, pattern: RegExp][] = [
  ['an API key', /\bsk-(?=[A-Za-z0-9_-]*[0-9])[A-Za-z0-9_-]{12,}/],
  ['an AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/],
  ['a GitLab token', /\bglpat-[A-Za-z0-9_-]{20,}/],
  ['a Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/],
  ['a Google API key', /\bAIza[0-9A-Za-z_-]{35}/],
  ['a Hugging Face token', /\bhf_[A-Za-z0-9]{30,}/],
  ['an Assay token', /\bassay_(?=[A-Za-z0-9_-]*[0-9])[A-Za-z0-9_-]{20,}/],
  ['a JSON web token', /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['a password in an address', /[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]*:[^\s/@]+@/i],
];

/** What kind of secret a text seems to hold, or undefined. */
export const secretKindIn = (text: string): string | undefined =>
  PATTERNS.find(([, pattern]) => pattern.test(text))?.[0];

/** The text with everything that looks like a secret replaced. */
export const maskSecrets = (text: string): string =>
  PATTERNS.reduce((masked, [, pattern]) => masked.replace(new RegExp(pattern, `g${pattern.flags}`), '[masked]'), text);
