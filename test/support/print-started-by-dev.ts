import { startedByDev } from '../../server/process/started-by-dev.js';

/** A child that tells its parent whether it takes itself for one of `assay dev`. */
process.send?.(await startedByDev(process, 300));
