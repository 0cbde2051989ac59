import { lookup } from 'node:dns/promises';
import type { SecureContext } from 'node:tls';
import { type Resolve, trustedRoots } from './connector.ts';
import type { FromHttpWorker, HttpWorkerData, ToHttpWorker } from './protocol.ts';
import { responseTimeoutMs } from './timeouts.ts';
import { WorkerExchange } from './workerExchange.ts';

export interface HttpSurroundings {
  readonly resolve: Resolve;
  readonly responseTimeoutMs: number;
}

/** Serves one run's requests, which come over the port; answers go back over it, and the bell is rung for each. */
export function serveHttp(
  { port, bell, allowLocal, caFile }: HttpWorkerData,
  surroundings: Partial<HttpSurroundings> = {},
): void {
  const exchanges = new Map<number, WorkerExchange>();
  const cell = new Int32Array(bell);
  let context: SecureContext | null = null;
  const options = {
    resolve: (host: string) => lookup(host, { all: true }),
    responseTimeoutMs,
    ...surroundings,
    allowLocal,
    secureContext: () => (context ??= trustedRoots(caFile)),
  };
  const post = (message: FromHttpWorker): void => {
    port.postMessage(message, message.kind === 'data' ? [message.bytes.buffer] : []);
    Atomics.add(cell, 0, 1);
    Atomics.notify(cell, 0);
    if (message.kind === 'end' || message.kind === 'failed') exchanges.delete(message.id);
  };
  // Nothing is known to get here; were it lost, the guest would wait for an answer for ever.
  process.on('uncaughtException', (error) => {
    for (const exchange of exchanges.values()) exchange.fail(error);
  });
  port.on('message', (message: ToHttpWorker) => {
    const { id } = message;
    if (message.kind === 'start') {
      exchanges.set(id, new WorkerExchange(message.request, options, (said) => post({ ...said, id })));
      return;
    }
    const exchange = exchanges.get(id);
    switch (message.kind) {
      case 'body':
        return exchange?.send(message.bytes);
      case 'body end':
        return exchange?.endBody(message.trailers);
      case 'read':
        return exchange?.read(message.bytes);
      case 'abort':
        exchange?.abort();
        exchanges.delete(id);
    }
  });
}
