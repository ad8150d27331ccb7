// C0 and C1 controls (escape sequences among them), and characters that reorder or hide text.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Text from elsewhere (reasons, names, messages) as one inert line of a terminal. */
export const plainText = (text: string): string => text.replace(/\s+/g, ' ').replace(UNSAFE, '');
