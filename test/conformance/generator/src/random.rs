//! Random valid modules whose outcome is defined to the bit.

use crate::calls::calls_of;
use anyhow::Result;
use arbitrary::Unstructured;
use base64::prelude::{Engine, BASE64_STANDARD};
use serde_json::json;
use wasm_smith::{Config, Module};

/// Bytes of randomness that a module is made from.
const ENTROPY: usize = 4096;

pub fn print(seed: u64, count: u64) -> Result<()> {
    for number in 0..count {
        let mut state = seed.wrapping_mul(1_000_003).wrapping_add(number);
        let bytes: Vec<u8> = (0..ENTROPY / 8)
            .flat_map(|_| next(&mut state).to_le_bytes())
            .collect();
        let module = Module::new(config(next(&mut state)), &mut Unstructured::new(&bytes))?;
        let wasm = module.to_bytes();
        let calls = calls_of(&wasm, || next(&mut state))?;
        println!(
            "{}",
            json!({ "wasm": BASE64_STANDARD.encode(&wasm), "calls": calls })
        );
    }
    Ok(())
}

/// What wasmtime 28 accepts by default, without what differs between engines: NaN bits, relaxed operators, and how
/// far a table can grow.
fn config(random: u64) -> Config {
    Config {
        canonicalize_nans: true,
        relaxed_simd_enabled: false,
        exceptions_enabled: false,
        gc_enabled: false,
        memory64_enabled: false,
        threads_enabled: false,
        export_everything: true,
        max_imports: 0,
        min_funcs: 1,
        max_funcs: 12,
        max_instructions: 50 + (random % 400) as usize,
        max_memories: 2,
        min_memories: (random >> 16) as u32 % 2,
        max_memory32_bytes: if random >> 20 & 1 == 0 { 16 << 16 } else { 1 << 32 },
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
