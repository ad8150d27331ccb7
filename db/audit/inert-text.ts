/** A stranger's text made fit for the log: no control characters or broken surrogates, cut at 200 characters. */
export const inertText = (text: string): string => text.slice(0, 200).replace(/[\p{Cc}\p{Cs}]/gu, '\u{FFFD}');
