/** The worker thread that prints a binary, which takes seconds, while the extension host goes on. */
import { parentPort, workerData } from 'node:worker_threads';
import { asErrorValue } from '../../shared/workbenchError.ts';
import { wasmText } from '../../wasm/text/wasmText.ts';
import type { Printed } from './wasmDocuments.ts';

const printed: Printed = await wasmText(workerData as Uint8Array).then(
  ({ text }) => ({ text }),
  (error: unknown) => ({ error: asErrorValue(error) }),
);
parentPort!.postMessage(printed);
