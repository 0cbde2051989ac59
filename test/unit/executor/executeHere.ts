import { ByteCollector } from '../../../src/executor/byteCollector.ts';
import { createCoreEngine } from '../../../src/executor/engine/createEngine.ts';
import { execute, type RunReport } from '../../../src/executor/execute.ts';
import type { RunRequest } from '../../../src/shared/runRequest.ts';

/** Runs on this thread, as the child does on its own. */
export async function executeHere(
  request: RunRequest,
): Promise<{ report: RunReport; output: Uint8Array; stderr: Uint8Array }> {
  const output = new ByteCollector();
  const stderr = new ByteCollector();
  const report = await execute(request, {
    stdout: (bytes) => output.append(bytes),
    stderr: (bytes) => stderr.append(bytes),
    createEngine: createCoreEngine,
  });
  return { report, output: output.bytes, stderr: stderr.bytes };
}
