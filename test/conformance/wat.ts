import { parse } from '@bytecodealliance/jco';

/** Assembles with wasm-tools, which knows every proposal. */
export async function assemble(name: string, wat: string): Promise<Uint8Array> {
  try {
    return await parse(wat);
  } catch (error) {
    throw new Error(`${name} is no valid WAT`, { cause: error });
  }
}
