/** The product's api, hit when a request is dealt with and nothing of the answer was sent. */
import { ServerResponse } from 'node:http';
import { armed, reach } from './hit.js';

const { writeHead } = ServerResponse.prototype;
ServerResponse.prototype.writeHead = function (this: ServerResponse, ...args: Parameters<typeof writeHead>) {
  const failpoint = armed('reply');
  const { method, url } = this.req;
  if (failpoint !== undefined && `${method} ${url?.split('?')[0]}` === failpoint.request) reach(failpoint);
  return writeHead.apply(this, args);
} as typeof writeHead;

await import('../../../server/api/main.js');
