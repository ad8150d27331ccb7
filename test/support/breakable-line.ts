import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type BreakableLine = Awaited<ReturnType<typeof createBreakableLine>>;

/** A TCP line to a server, on a port of its own, that a test can cut: what goes through it breaks, nothing new does. */
export async function createBreakableLine(to: { host: string; port: number }) {
  const sockets = new Set<Socket>();
  let isCut = false;
  const hold = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(to);
    hold(near);
    hold(far);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const breakAll = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut(): void {
      isCut = true;
      breakAll();
    },
    mend: () => void (isCut = false),
    async close(): Promise<void> {
      breakAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
