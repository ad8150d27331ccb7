import { maskSecrets } from './lifecycle-file/secret-patterns.js';

/** CSI, OSC, DCS and their like, with all that belongs to them; then single escapes. */
const ESCAPES = new RegExp(
  [
    String.raw`(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?`,
    String.raw`(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]{0,4096}(?:\u0007|\u001b\\|\u009c)?`,
    String.raw`\u001b[ -/]*[0-~]?`,
  ].join('|'),
  'g',
);
/** Controls, and characters that hide or reorder text. */
const HIDING = /[\p{Cc}\p{Cs}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** A stranger's line made fit for logs and terminals: no escape sequences, no controls, no secrets, and not longer. */
export function inertLine(text: string, longest = 1_000): string {
  const plain = text
    .slice(0, 16 * longest)
    .replace(ESCAPES, '')
    .replace(/\s+/g, ' ')
    .replace(HIDING, '')
    .trim();
  const masked = maskSecrets(plain);
  return masked.length <= longest ? masked : `${masked.slice(0, longest)}…`;
}
