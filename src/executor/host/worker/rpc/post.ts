import { decodeUtf8, encodeUtf8 } from '../../../../shared/text.ts';
import { WorkbenchError } from '../../../../shared/workbenchError.ts';
import { fetchWhole } from '../../http/fetchWhole.ts';
import type { HttpThread } from '../../http/httpThread.ts';
import type { PostJson } from './client.ts';

/** A server's answer beyond this is not taken: the code of a contract is the largest, and has at most 4 MiB. */
const mostBytes = 64 << 20;

/**
 * Posts to the configured server through the run's one door to the network, so that its policy, its cassette and its
 * mocks hold for near:rpc as well.
 *
 * @throws WorkbenchError `usage` for what is no URL
 */
export function rpcPoster(rpcUrl: string, thread: HttpThread): PostJson {
  const url = URL.parse(rpcUrl);
  if (url === null) {
    throw new WorkbenchError('usage', `The address of the NEAR RPC server is no URL: ${rpcUrl}`, {
      hint: 'Write it such as "rpcUrl": "https://rpc.testnet.near.org".',
    });
  }
  return (body) => {
    const response = fetchWhole(thread, {
      method: 'POST',
      url,
      headers: [
        ['host', url.host],
        ['content-type', 'application/json'],
      ],
      body: encodeUtf8(body),
      mostBytes,
    });
    return { status: response.status, body: decodeUtf8(response.body) };
  };
}
