import { WorkbenchError } from '../shared/workbenchError.ts';
import { ByteReader } from '../wasm/byteReader.ts';
import { coreSections, readImports } from '../wasm/coreModule.ts';
import { sectionId } from '../wasm/sections.ts';
import type { CoreSummary } from '../wasm/summary.ts';
import { readLimits } from '../wasm/types.ts';
import type { ReadLimits } from '../wasm/types.ts';

/** @throws WorkbenchError `unsupported-proposal` for wasm32-wasip1-threads */
export function checkNoThreads(wasm: Uint8Array, summary: CoreSummary): void {
  const spawns = summary.imports.some(({ module, name }) => module === 'wasi' && name === 'thread-spawn');
  if (!spawns && !memories(wasm).some(({ shared }) => shared)) return;
  throw new WorkbenchError('unsupported-proposal', 'The program uses threads, which are not supported.', {
    cause: spawns ? 'It imports wasi.thread-spawn.' : 'It has a shared memory.',
    hint: 'Build it for wasm32-wasip1 rather than wasm32-wasip1-threads.',
  });
}

/** The limits of all memories, imported ones first. */
function memories(wasm: Uint8Array): ReadLimits[] {
  const sections = coreSections(wasm);
  const limits = readImports(wasm, sections)
    .filter(({ kind }) => kind === 'memory')
    .map(({ typeOffset }) => readLimits(new ByteReader(wasm, typeOffset)));
  const section = sections.find(({ id }) => id === sectionId.memory);
  if (section === undefined) return limits;
  const reader = new ByteReader(wasm, section.contentStart, section.end);
  for (let left = reader.u32(); left > 0; left--) limits.push(readLimits(reader));
  return limits;
}

type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** @throws WorkbenchError `missing-import` that names everything the host doesn't have */
export function checkImports(summary: CoreSummary, offered: Imports): void {
  const missing = summary.imports.filter(
    ({ module, name, kind }) =>
      kind !== 'func' || !Object.hasOwn(offered, module) || !Object.hasOwn(offered[module]!, name),
  );
  if (missing.length === 0) return;
  const names = missing.map(({ module, name, kind }) => `${module}::${name} (${kind})`);
  const what = missing.length === 1 ? 'something' : `${missing.length} things`;
  throw new WorkbenchError(
    'missing-import',
    `The program imports ${what} that WASI Preview 1 doesn't have: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}.`,
    { cause: names.join('\n'), hint: importHint(new Set(missing.map(({ module }) => module))) },
  );
}

function importHint(modules: ReadonlySet<string>): string {
  if ([...modules].some((module) => module.startsWith('__wbindgen')))
    return 'wasm-bindgen is among the dependencies, which is for browsers: find the crate with `cargo tree -i wasm-bindgen` and turn off the feature that brings it in.';
  if (modules.has('env'))
    return 'A function declared in an extern "C" block was found in no library: link the library that has it, or remove the call.';
  if (modules.has('wasi_unstable'))
    return 'It was built for an older WASI: build it with a current Rust toolchain.';
  if ([...modules].some((module) => module.includes(':')))
    return 'It imports interfaces of components: build the program for wasm32-wasip2.';
  return 'Only the functions of wasi_snapshot_preview1 can be imported: remove the crate or the code that needs others.';
}

/** @throws WorkbenchError `missing-start` */
export function checkStartExport(summary: CoreSummary): void {
  const exported = (name: string) =>
    summary.exports.some((item) => item.name === name && item.kind === 'func');
  if (exported('_start')) return;
  const reactor = exported('_initialize');
  throw new WorkbenchError(
    'missing-start',
    'The module exports no _start function, so there is nothing to run.',
    {
      cause: reactor
        ? 'It is a reactor: it exports _initialize, for a host that then calls its functions.'
        : null,
      hint: 'Use [[bin]] with fn main() rather than [lib] with crate-type cdylib.',
    },
  );
}

/** `(module (import "" "" (func)))`: linking with it fails for a function that takes or returns anything. */
const takesAndReturnsNothing = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 5, 1, 0, 0, 0, 0,
]);

/** @throws WorkbenchError `missing-start` where `_start` has parameters or results */
export function startFunction(instance: WebAssembly.Instance): () => void {
  const start = instance.exports['_start'] as () => void;
  try {
    new WebAssembly.Instance(new WebAssembly.Module(takesAndReturnsNothing), { '': { '': start } });
  } catch (error) {
    throw new WorkbenchError('missing-start', 'The function _start takes or returns something.', {
      hint: 'Let the compiler make _start: write fn main(), and export no function of that name.',
      error,
    });
  }
  return start;
}
