import { prebuildBundles } from './bundle.js';

/** `npm run build` runs this last. */
await prebuildBundles();
