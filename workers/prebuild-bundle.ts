import { PREBUILT_BUNDLE, writeBundle } from './bundle.js';

/** `npm run build` runs this last. */
await writeBundle(PREBUILT_BUNDLE);
