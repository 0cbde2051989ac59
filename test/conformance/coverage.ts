import { operators } from '../../src/fuel/opcodes.ts';
import type { Program } from './program.ts';
import { traced, tracePrefix } from './trace.ts';
import { toJs } from './values.ts';

/** Loops that only fuel ends would never end here. */
const bounded = ({ kind, fuel }: Program) => kind === 'core' && fuel === undefined;

/** Which operators of the table some program executed, by running the programs traced and unmetered. */
export function coverage(programs: readonly Program[]): { executed: number; missing: string[] } {
  const executed = new Set<string>();
  for (const program of programs.filter(bounded)) runTraced(program, executed);
  const missing = operators.map(({ name }) => name).filter((name) => !executed.has(name));
  return { executed: operators.length - missing.length, missing };
}

function runTraced({ modules, calls = [] }: Program, executed: Set<string>): void {
  const exports: WebAssembly.Imports = {};
  let main: WebAssembly.Instance | undefined;
  for (const { name, bytes } of modules) {
    main = attempt(() => new WebAssembly.Instance(new WebAssembly.Module(traced(bytes)), exports));
    if (main === undefined) break;
    exports[name] = main.exports;
  }
  const functions = (main?.exports ?? {}) as Record<string, (...args: unknown[]) => unknown>;
  for (const { export: name, args = [] } of calls) attempt(() => functions[name]?.(...args.map(toJs)));
  for (const instance of Object.values(exports)) {
    for (const [name, item] of Object.entries(instance)) {
      if (!name.startsWith(tracePrefix) || !(item instanceof WebAssembly.Global)) continue;
      if (item.value === 1) executed.add(name.slice(tracePrefix.length));
    }
  }
}

/** Some programs trap or are refused on purpose. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) throw error;
    return undefined;
  }
}
