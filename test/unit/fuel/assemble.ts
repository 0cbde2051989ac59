import wabtInit from 'wabt';

const wabt = await wabtInit();

const features = {
  extended_const: true,
  memory64: true,
  multi_memory: true,
  multi_value: true,
  reference_types: true,
  relaxed_simd: true,
  simd: true,
  tail_call: true,
  threads: true,
};

/** Assembles a module from its text. */
export function assemble(text: string): Uint8Array {
  const module = wabt.parseWat('test.wat', text, features);
  try {
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}
