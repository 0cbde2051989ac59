import { createHash } from 'node:crypto';
import { HttpThread } from '../http/httpThread.ts';
import type { HostInterfaces } from '../preview2/preview2.ts';
import type { World } from '../world.ts';
import { WorkerDatabase } from './database.ts';
import { missingSetting } from './interfaces.ts';
import { Ledger } from './ledger.ts';
import { fixedKey, localKey } from './localKey.ts';
import { openDatabase } from './openDatabase.ts';
import { payment } from './payment.ts';
import { rpcPoster } from './rpc/post.ts';
import { rpc } from './rpc/rpc.ts';
import { storage } from './storage.ts';
import { taped } from './taped.ts';
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
  { worker, tape, network, clocks }: World,
  wasm: Uint8Array,
): WorkerHost {
  if (worker === undefined) return { interfaces: {}, close: () => undefined };
  const { run } = worker.options;
  // The program's manifest says what the program may reach, and not what its host may.
  const thread = new HttpThread(network ?? null, clocks);
  let opened: WorkerDatabase | null = null;
  const fresh = run.storage === 'fresh';
  const database = () => (opened ??= fresh ? new WorkerDatabase(null) : openDatabase(worker.dataFolder));
  const keyOf = (db: WorkerDatabase, name: string) => (fresh ? fixedKey(name) : localKey(db, name));
  const make: Readonly<Record<string, () => Readonly<Record<string, unknown>>>> = {
    'near:storage/api': () => {
      const wasmHash = createHash('sha256').update(wasm).digest('hex');
      return storage(database(), { project: run.project!, account: run.sender, wasmHash });
    },
    'near:rpc/api': () => rpc(rpcPoster(run.rpcUrl!, thread)),
    'near:vrf/api': () => {
      const db = database();
      return vrf(run, () => keyOf(db, 'vrf'));
    },
    'near:payment/api': () =>
      payment(run.attachedUsd!, (microUsd) => void (worker.refundUsd = Number(microUsd))),
    'outlayer:wallet/api': () => {
      const db = database();
      return wallet(run.wallet!, new Ledger(db, run.sender, run.wallet!), () => keyOf(db, 'wallet'));
    },
  };
  const wanted = Object.entries(make).filter(
    ([name]) => names.has(name) && missingSetting(name, worker.options) === null,
  );
  return {
    interfaces: Object.fromEntries(
      // What a refund comes to is not from outside, so it is made again when a run is replayed.
      wanted.map(([name, made]) => [
        name,
        taped(name === 'near:payment/api' ? undefined : tape, name, made()),
      ]),
    ),
    close() {
      thread.close();
      opened?.[Symbol.dispose]();
    },
  };
}
