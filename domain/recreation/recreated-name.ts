const SUFFIX = '-recreated';
const MOST_CHARACTERS = 63;

/** What a model that was made again is called: never the name of the original, so that it stands for nothing but the try. */
export const recreatedName = (name: string): string => `${name.slice(0, MOST_CHARACTERS - SUFFIX.length)}${SUFFIX}`;
