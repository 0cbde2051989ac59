import type { CompiledModule, CoreEngine } from '../engine/engine.ts';
import { type CodePlace, moduleName, type OriginalPlace } from './backtrace.ts';

/** Finds the module that V8's place is in, and the place in it as the user built it. */
export function originalPlace(engine: CoreEngine, place: CodePlace): OriginalPlace {
  const module = moduleOf(engine.compiled, place.script);
  if (module === null) return { module: null, offset: null };
  return { module: module.name, offset: engine.originalOffset(module, place.offset) };
}

/** V8 tells code apart by the name that the module has for itself; null where that leaves more than one. */
function moduleOf(compiled: readonly CompiledModule[], script: string): CompiledModule | null {
  const [only] = compiled;
  if (only !== undefined && compiled.length === 1) return only;
  const name = moduleName(script);
  const named = compiled.filter((module) => module.name === name);
  return named.length === 1 ? named[0]! : null;
}
