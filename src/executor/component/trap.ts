/** A breach of the canonical ABI: ends the guest the way the engine's own traps do. */
export function trap(message: string): never {
  throw new WebAssembly.RuntimeError(message);
}
