import { ComponentError } from '../../component/componentError.ts';
import { Unreachable } from './unreachable.ts';

/** `wasi:sockets/network.network`: a network that reaches nobody. */
class Network {
  readonly reaches = 'nobody';
}

function denied(): never {
  throw new ComponentError('access-denied');
}

/** The interfaces of `wasi:sockets`: they link, and every attempt to use the network is denied. */
export const sockets: Record<string, Record<string, unknown>> = {
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
