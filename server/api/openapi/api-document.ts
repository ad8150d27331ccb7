import { ROUTES } from '../routes/index.js';
import { openApiDocument } from './document.js';

/** The version of the package. */
export const API_VERSION = '0.1.0';

/** The document of this api. `server/api/openapi.json` is the same, for those who read it without a running api. */
export const apiDocument = openApiDocument(ROUTES, API_VERSION);
