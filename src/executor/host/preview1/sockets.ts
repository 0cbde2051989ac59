import type { Context, HostFunctions } from './context.ts';
import { Errno } from './errno.ts';

/** There are no sockets: whatever is open isn't one. */
export function socketFunctions({ descriptors }: Context): HostFunctions {
  const refuse = (fd: number) => {
    descriptors.get(fd);
    throw new Errno('ENOTSOCK');
  };
  return { sock_accept: refuse, sock_recv: refuse, sock_send: refuse, sock_shutdown: refuse };
}
