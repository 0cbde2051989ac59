import { ComponentError } from '../../component/componentError.ts';
import type { World } from '../world.ts';
import { Unreachable } from './unreachable.ts';

/** `wasi:sockets/network.network`: a network that reaches nobody. */
class Network {
  readonly reaches = 'nobody';
}

/** The interfaces of `wasi:sockets`: they link, and every attempt to use the network is denied. */
export function sockets({ tried }: Pick<World, 'tried'>): Record<string, Record<string, unknown>> {
  const denied = (): never => {
    if (tried !== undefined) tried.socket = true;
    throw new ComponentError('access-denied');
  };
  return {
    'wasi:sockets/network': { Network },
    'wasi:sockets/instance-network': { instanceNetwork: () => new Network() },
    'wasi:sockets/ip-name-lookup': { resolveAddresses: denied, ResolveAddressStream: Unreachable },
    'wasi:sockets/tcp': { TcpSocket: Unreachable },
    'wasi:sockets/tcp-create-socket': { createTcpSocket: denied },
    'wasi:sockets/udp': {
      UdpSocket: Unreachable,
      IncomingDatagramStream: Unreachable,
      OutgoingDatagramStream: Unreachable,
    },
    'wasi:sockets/udp-create-socket': { createUdpSocket: denied },
  };
}
