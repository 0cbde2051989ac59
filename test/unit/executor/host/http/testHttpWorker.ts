/** The thread of a run's HTTP with a resolver of the tests', and a shorter time for hosts to answer. */
import { workerData } from 'node:worker_threads';
import type { HttpWorkerData } from '../../../../../src/executor/host/http/protocol.ts';
import { serveHttp } from '../../../../../src/executor/host/http/serveHttp.ts';

const here = { address: '127.0.0.1', family: 4 };
const names: Readonly<Record<string, readonly { address: string; family: number }[]>> = {
  'near.test': [here],
  'secure.test': [here],
  'other.test': [here],
  'metadata.test': [{ address: '169.254.169.254', family: 4 }],
  'mapped.test': [{ address: '::ffff:127.0.0.1', family: 6 }],
  'ula.test': [{ address: 'fd00::1', family: 6 }],
  'two-faced.test': [{ address: '93.184.215.14', family: 4 }, here],
  'empty.test': [],
};
let rebindings = 0;

serveHttp(workerData as HttpWorkerData, {
  responseTimeoutMs: 2000,
  resolve: (host) => {
    // A name that is public when it is asked for first, and local ever after.
    if (host === 'rebinding.test' && rebindings++ === 0) {
      return Promise.resolve([{ address: '192.0.0.9', family: 4 }]);
    }
    if (host === 'mute.test') return new Promise(() => undefined);
    const found = host === 'rebinding.test' ? [here] : names[host];
    return found === undefined ? Promise.reject(new Error(`no such name: ${host}`)) : Promise.resolve(found);
  },
});
