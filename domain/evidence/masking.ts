/**
 * What is replaced in a text before it is stored as a sample, in this order. Every pattern runs in linear time: a
 * look-behind lets it start only where a run starts, and no two repetitions beside each other share a character.
 */
const MASKS: readonly [mask: string, pattern: RegExp][] = [
  ['[URL]', /(?<![a-z])(?:https?|ftps?|mailto|news|telnet|file|wss?):[^\s<>"]+/giu],
  ['[EMAIL]', /(?<![\p{L}\p{N}._%+'=-])[\p{L}\p{N}._%+'=-]{1,128}@[\p{L}\p{N}.-]{1,255}/gu],
  // What is left of an address whose name holds other characters.
  ['[EMAIL]', /@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu],
  ['[URL]', /(?<![\p{L}\p{N}.-])www\d{0,3}\.[^\s<>"]+/giu],
  ['[IP]', /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)/gu],
  ['[IP]', /(?<![0-9a-f:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![0-9a-f:])/giu],
  ['[NUMBER]', /(?<![\p{L}\p{N}])[+(]{0,2}\d(?:[ ().\-/]{0,3}\d){5,40}/gu],
  ['[NUMBER]', /\d{6,}/gu],
];

/**
 * The text with e-mail addresses, web addresses, IP addresses, phone-like numbers and long runs of digits replaced.
 * Thin and not reversible: names and postal addresses stay.
 */
export const maskText = (text: string): string =>
  MASKS.reduce((masked, [mask, pattern]) => masked.replace(pattern, mask), text);
