import { transfer } from './activity-proxies.js';

/** One base model from outside, as a row of the api asks for it. What cannot be imported is an answer with its reason. */
export const importBaseWorkflow = ({ importId }: { importId: string }): Promise<void> =>
  transfer.importBase({ importId });
