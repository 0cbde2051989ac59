import { createHash } from 'node:crypto';
import { WorkbenchError } from '../../../shared/workbenchError.ts';
import type { HttpThread } from '../http/httpThread.ts';
import type { HostInterfaces } from '../preview2/preview2.ts';
import type { WorldWorker } from '../world.ts';
import { WorkerDatabase } from './database.ts';
import { missingSetting } from './interfaces.ts';
import { Ledger } from './ledger.ts';
import { localKey } from './localKey.ts';
import { payment } from './payment.ts';
import { rpcPoster } from './rpc/post.ts';
import { rpc } from './rpc/rpc.ts';
import { storage } from './storage.ts';
import { vrf } from './vrf.ts';
import { wallet } from './wallet.ts';

/** The worker's own interfaces as one run's guest has them. */
export interface WorkerHost {
  readonly interfaces: HostInterfaces;
  close(): void;
}

/**
 * The interfaces of the worker that a program imports, as far as they are configured; the rest is nobody's.
 *
 * @param names without versions
 * @throws WorkbenchError `file-not-found` where what is kept between runs can't be opened
 */
export function openWorker(
  names: ReadonlySet<string>,
  worker: WorldWorker,
  wasm: Uint8Array,
  network: HttpThread,
): WorkerHost {
  const { run } = worker.options;
  let opened: WorkerDatabase | null = null;
  const database = () => (opened ??= openDatabase(worker.dataFolder));
  const make: Readonly<Record<string, () => Readonly<Record<string, unknown>>>> = {
    'near:storage/api': () => {
      const wasmHash = createHash('sha256').update(wasm).digest('hex');
      return storage(database(), { project: run.project!, account: run.sender, wasmHash });
    },
    'near:rpc/api': () => rpc(rpcPoster(run.rpcUrl!, network)),
    'near:vrf/api': () => {
      const db = database();
      return vrf(run, () => localKey(db, 'vrf'));
    },
    'near:payment/api': () =>
      payment(run.attachedUsd!, (microUsd) => void (worker.refundUsd = Number(microUsd))),
    'outlayer:wallet/api': () => {
      const db = database();
      return wallet(run.wallet!, new Ledger(db, run.sender, run.wallet!), () => localKey(db, 'wallet'));
    },
  };
  const wanted = Object.entries(make).filter(
    ([name]) => names.has(name) && missingSetting(name, worker.options) === null,
  );
  return {
    interfaces: Object.fromEntries(wanted.map(([name, made]) => [name, made()])),
    close: () => opened?.[Symbol.dispose](),
  };
}

function openDatabase(folder: string | null): WorkerDatabase {
  try {
    if (folder === null) throw new Error('no folder was named');
    return new WorkerDatabase(folder);
  } catch (error) {
    throw new WorkbenchError(
      'file-not-found',
      'What the worker’s interfaces keep between runs can’t be opened.',
      {
        cause: `${folder ?? ''}: ${(error as Error).message}`,
        hint: 'See that the folder can be written to, or name another one in the variable WASI_WORKBENCH_DATA.',
        error,
      },
    );
  }
}
