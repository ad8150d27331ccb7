import { portOr } from './free-port.js';

const USUAL = { api: 7460, gateway: 7461, provider: 7462 };

export type DevPorts = typeof USUAL;

/** The ports that were asked for, or the usual ones; another where one is in use, which is said. */
export async function choosePorts(asked: Partial<DevPorts>, log: (line: string) => void): Promise<DevPorts> {
  const wanted = { ...USUAL, ...asked };
  const choose = async (part: keyof DevPorts): Promise<number> => {
    const port = await portOr(wanted[part]);
    if (port !== wanted[part]) log(`port ${wanted[part]} is in use: the ${part} takes ${port}`);
    return port;
  };
  return { api: await choose('api'), gateway: await choose('gateway'), provider: await choose('provider') };
}
