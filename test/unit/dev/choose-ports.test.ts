import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { choosePorts } from '../../../cli/dev/choose-ports.js';

it('takes another port where the wanted one is in use, and says so', async () => {
  const busy = createServer();
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
  const { port } = busy.address() as AddressInfo;
  const said: string[] = [];
  const ports = await choosePorts({ api: port }, (line) => said.push(line));
  await new Promise((resolve) => busy.close(resolve));
  expect(ports.api).not.toBe(port);
  expect(said[0]).toBe(`port ${port} is in use: the api takes ${ports.api}`);
});
