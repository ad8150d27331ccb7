import picocolors from 'picocolors';

/** Colours on a terminal only, and none where `NO_COLOR` is set; a build server that shows colours gets none either. */
export const colours = picocolors.createColors(picocolors.isColorSupported && process.stdout.isTTY === true);
