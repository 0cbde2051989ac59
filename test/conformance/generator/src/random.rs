//! Random valid modules whose outcome is defined to the bit.

use crate::calls::calls_of;
use anyhow::Result;
use arbitrary::Unstructured;
use base64::prelude::{Engine, BASE64_STANDARD};
use serde_json::json;
use wasm_smith::{Config, Module};

/// Bytes of randomness that a module is made from.
const ENTROPY: usize = 16384;

pub fn print(seed: u64, count: u64) -> Result<()> {
    for number in 0..count {
        let mut state = seed.wrapping_mul(1_000_003).wrapping_add(number);
        let module = module_of(&mut state);
        let wasm = module.to_bytes();
        let calls = calls_of(&wasm, || next(&mut state))?;
        println!(
            "{}",
            json!({ "wasm": BASE64_STANDARD.encode(&wasm), "calls": calls })
        );
    }
    Ok(())
}

/// Tries until there is one: some randomness runs out before the least that a module has to have.
fn module_of(state: &mut u64) -> Module {
    loop {
        let bytes: Vec<u8> = (0..ENTROPY / 8).flat_map(|_| next(state).to_le_bytes()).collect();
        if let Ok(module) = Module::new(config(next(state)), &mut Unstructured::new(&bytes)) {
            return module;
        }
    }
}

/// What wasmtime 28 accepts by default, without what differs between engines: NaN bits, relaxed operators, and how
/// far a table can grow. Sections before the code are kept small, so that randomness is left for it; most modules may
/// not trap, as nearly all others do before they have done much; and many have no vectors or no floats, whose operators
/// would crowd out all others.
fn config(random: u64) -> Config {
    Config {
        canonicalize_nans: true,
        disallow_traps: random >> 24 & 3 != 0,
        simd_enabled: random >> 26 & 3 == 0,
        relaxed_simd_enabled: false,
        allow_floats: random >> 28 & 1 == 0,
        exceptions_enabled: false,
        gc_enabled: false,
        memory64_enabled: false,
        threads_enabled: false,
        export_everything: true,
        max_imports: 0,
        min_types: 4,
        max_types: 12,
        max_type_size: 100,
        min_funcs: 4,
        max_funcs: 12,
        max_globals: 12,
        max_data_segments: 4,
        max_element_segments: 6,
        max_elements: 12,
        max_instructions: 50 + (random % 400) as usize,
        max_memories: 2,
        min_memories: (random >> 16) as u32 % 2,
        max_memory32_bytes: if random >> 20 & 7 == 0 { 1 << 32 } else { 16 << 16 },
        max_tables: 3,
        max_table_elements: 1000,
        table_max_size_required: true,
        ..Config::default()
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e3779b97f4a7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d049bb133111eb);
    z ^ (z >> 31)
}
