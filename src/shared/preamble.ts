/** The layer field of the preamble: 1 in a component, 0 in a core module. */
export function isComponent(wasm: Uint8Array): boolean {
  return wasm[6] === 1;
}
