import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProfileKind } from '../shared/profileKind.ts';
import type { RunRequest } from '../shared/runRequest.ts';
import { isComponent } from '../shared/preamble.ts';

/** A request with its scratch folder made, and the end of that folder. */
export interface Scratch extends AsyncDisposable {
  readonly request: RunRequest;
}

/** Makes the fresh folder that a request asks for; it and all that is in it are deleted with the answer. */
export async function withScratch(request: RunRequest): Promise<Scratch> {
  const { scratch = null, preopens } = request.options;
  if (scratch === null) return { request, [Symbol.asyncDispose]: () => Promise.resolve() };
  const hostPath = await mkdtemp(join(tmpdir(), 'wasi-workbench-scratch-'));
  const options = {
    ...request.options,
    preopens: [...preopens, { hostPath, guestPath: scratch, writable: true }],
  };
  return {
    request: { ...request, options },
    // A process that was killed may still be about to write into it.
    [Symbol.asyncDispose]: () => rm(hostPath, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/**
 * The name of a run's scratch folder; null for none. The OutLayer worker gives a component one writable folder, which
 * is its `.`, and a preview 1 module none.
 */
export function scratchName(
  asked: string | null,
  profileKind: ProfileKind,
  wasm: Uint8Array,
  preopens: RunRequest['options']['preopens'],
): string | null {
  if (asked !== null || profileKind !== 'outlayer' || !isComponent(wasm)) return asked;
  return preopens.some(({ guestPath }) => guestPath === '.' || guestPath === '/') ? null : '.';
}
