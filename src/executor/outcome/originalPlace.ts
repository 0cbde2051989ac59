import { readModuleName } from '../../wasm/moduleName.ts';
import type { CoreEngine } from '../engine/engine.ts';
import { type CodePlace, moduleName, type OriginalPlace } from './backtrace.ts';

/** Finds the module that a place of V8's is in, and the place in it as the user built it; null in added functions. */
export function placeFinder(engine: CoreEngine): (place: CodePlace) => OriginalPlace | null {
  const named = engine.compiled.map((module) => ({ module, name: readModuleName(module.bytes) }));
  return ({ script, offset }) => {
    // V8 tells code apart by the name that the module has for itself.
    const found = named.length === 1 ? named : named.filter(({ name }) => name === moduleName(script));
    const [only] = found;
    if (only === undefined || found.length > 1) return { module: null, offset: null };
    const original = engine.originalOffset(only.module, offset);
    return original === null ? null : { module: only.name ?? only.module.name, offset: original };
  };
}
