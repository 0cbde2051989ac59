interface Kept {
  readonly module: WebAssembly.Module;
  readonly bytes: number;
}

/** Bytes of WebAssembly whose modules are kept; their machine code takes several times as much. */
const mostBytes = 16 * 1024 * 1024;
const mostModules = 24;

const kept: Kept[] = [];

/**
 * Keeps the modules that were compiled last from being collected. As long as one lives, V8 gives another of the
 * same bytes the same machine code, so a program that runs again starts with what the last run had optimised.
 */
export function keepModule(module: WebAssembly.Module, bytes: number): void {
  kept.unshift({ module, bytes });
  let total = 0;
  const past = kept.findIndex((entry, n) => n === mostModules || (total += entry.bytes) > mostBytes);
  if (past >= 0) kept.length = Math.max(past, 1);
}
