import type { RunResult } from '../shared/runResult.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import { exportedSignatures } from '../wasm/functionTypes.ts';
import { type CoreSummary, summarise } from '../wasm/summary.ts';

/** What is called of a bare module, and how. */
export type Entry =
  | { readonly kind: 'data' }
  | { readonly kind: 'plain'; readonly name: string; readonly args: readonly number[] };

/** Functions that are called for what they do; in order of preference. rustc makes the last one of `fn main()`. */
const plainEntries: readonly {
  readonly name: string;
  readonly signature: string;
  readonly args: readonly number[];
}[] = [
  ...['run', 'main'].flatMap((name) =>
    ['() -> ()', '() -> i32'].map((signature) => ({ name, signature, args: [] })),
  ),
  { name: 'main', signature: '(i32, i32) -> i32', args: [0, 0] },
  { name: '_start', signature: '() -> ()', args: [] },
];

/** What a program with fn main() lacks as a bare module, and what has it. */
export const bareIsMute =
  'A bare module has no stdin, stdout or stderr: what the program prints is lost, and a panic has no message. Build it for wasm32-wasip2 or wasm32-wasip1.';

/** Whether an entry is what rustc makes of `fn main()`. */
export function isRustMain(entry: Entry): boolean {
  return entry.kind === 'plain' && entry.name === 'main' && entry.args.length > 0;
}

/** That a program printed nothing because it had nowhere to print to; null where that isn't why, or it did. */
export function whyMute(
  { format, error, output }: Pick<RunResult, 'format' | 'error' | 'output'>,
  wasm: Uint8Array,
): string | null {
  if (format !== 'unknown' || error !== null || output.length > 0) return null;
  const summary = summarise(wasm);
  const isMute = summary.kind === 'module' && isRustMain(findEntry(exportedSignatures(wasm), summary));
  return isMute ? bareIsMute : null;
}

/**
 * @param signatures of what the module exports
 * @throws WorkbenchError `missing-run`
 */
export function findEntry(signatures: ReadonlyMap<string, string>, { exports }: CoreSummary): Entry {
  const takesData =
    signatures.get('run') === '(i32, i32) -> i64' &&
    signatures.get('alloc') === '(i32) -> i32' &&
    exports.some(({ name, kind }) => name === 'memory' && kind === 'memory');
  if (takesData) return { kind: 'data' };
  const plain = plainEntries.find(({ name, signature }) => signatures.get(name) === signature);
  if (plain !== undefined) return { kind: 'plain', name: plain.name, args: plain.args };
  const found = Array.from(signatures, ([name, signature]) => `${name}: ${signature}`);
  throw new WorkbenchError('missing-run', 'The module exports no function that can be run.', {
    cause: found.length === 0 ? 'It exports no function.' : `Its functions are ${found.join('; ')}.`,
    hint: 'Make it a program with fn main() for wasm32-wasip2, which wasi-workbench check CRATE --fix does of a cdylib; or export alloc: (i32) -> i32, run: (i32, i32) -> i64 and memory for data in and out, or main: () -> (), to be called alone.',
  });
}
