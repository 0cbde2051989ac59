/** The worker thread that does a run's HTTP while the guest keeps the main thread busy. */
import { workerData } from 'node:worker_threads';
import type { HttpWorkerData } from '../host/http/protocol.ts';
import { serveHttp } from '../host/http/serveHttp.ts';

serveHttp(workerData as HttpWorkerData);
