import { WorkbenchError } from '../shared/workbenchError.ts';
import { isOffered, signatures } from './host/preview1/signatures.ts';
import { type NextStep, stepForOtherHosts } from './importSteps.ts';
import { ByteReader } from '../wasm/byteReader.ts';
import { coreSections, readImports } from '../wasm/coreModule.ts';
import { exportedSignatures, importedSignatures } from '../wasm/functionTypes.ts';
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

/** @throws WorkbenchError `missing-import` that names everything the host doesn't have as the program wants it */
export function checkImports(wasm: Uint8Array, summary: CoreSummary): void {
  const others = summary.imports.filter(({ kind }) => kind !== 'func');
  const functions = importedSignatures(wasm);
  const absent = functions.filter(({ module, name }) => !isOffered(module, name));
  const missing = [
    ...others.map(({ module, name, kind }) => `${module}::${name} (${kind})`),
    ...absent.map(({ module, name, signature }) => `${module}::${name} (func ${signature})`),
  ];
  if (missing.length > 0) {
    const modules = new Set([...others, ...absent].map(({ module }) => module));
    const what = missing.length === 1 ? 'something' : `${missing.length} things`;
    const few = `${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ', …' : ''}`;
    throw new WorkbenchError(
      'missing-import',
      `The program imports ${what} that WASI Preview 1 doesn't have: ${few}.`,
      { cause: missing.join('\n'), ...nextStep(modules) },
    );
  }
  const wrong = functions.find(({ name, signature }) => !isSignature(signature, signatures.get(name)));
  if (wrong === undefined) return;
  throw new WorkbenchError(
    'missing-import',
    `The program imports ${wrong.module}::${wrong.name} as ${wrong.signature}, which it isn't.`,
    {
      cause: `It is ${signatures.get(wrong.name)}.`,
      hint: 'Correct its declaration, or use the wasi crate, which declares all of them.',
    },
  );
}

/** Types that our reader doesn't know are left to the engine. */
function isSignature(found: string | undefined, wanted: string | undefined): boolean {
  return found === wanted || found === 'unknown';
}

function nextStep(modules: ReadonlySet<string>): NextStep {
  const step = stepForOtherHosts([...modules]);
  if (step !== null) return step;
  if (modules.has('env'))
    return {
      hint: 'A function declared in an extern "C" block was found in no library: link the library that has it, or remove the call.',
    };
  if (modules.has('wasi_unstable'))
    return { hint: 'It was built for an older WASI: build it with a current Rust toolchain.' };
  return {
    hint: 'Only the functions of wasi_snapshot_preview1 can be imported: remove the crate or the code that needs others.',
  };
}

/** @throws WorkbenchError `missing-start` */
export function checkStartExport(wasm: Uint8Array): void {
  const exported = exportedSignatures(wasm);
  const signature = exported.get('_start');
  if (signature === undefined) {
    const reactor = exported.has('_initialize');
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
  if (isSignature(signature, '() -> ()')) return;
  throw new WorkbenchError('missing-start', 'The function _start takes or returns something.', {
    cause: `It is ${signature}.`,
    hint: 'Let the compiler make _start: write fn main(), and export no function of that name.',
  });
}
