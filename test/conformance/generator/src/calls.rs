//! Calls of everything a module exports that JavaScript can call too.

use anyhow::Result;
use serde_json::{json, Value};
use wasmparser::types::EntityType;
use wasmparser::{ValType, Validator, WasmFeatures};

/// Two calls of each exported function without vectors in its type, on numbers that are no NaN.
pub fn calls_of(wasm: &[u8], mut random: impl FnMut() -> u64) -> Result<Vec<Value>> {
    let mut validator = Validator::new_with_features(WasmFeatures::all());
    let types = validator.validate_all(wasm)?;
    let mut calls = vec![];
    for export in types.as_ref().core_exports().into_iter().flatten() {
        let EntityType::Func(id) = export.1 else { continue };
        let function = types[id].unwrap_func();
        if function
            .params()
            .iter()
            .chain(function.results())
            .any(|ty| *ty == ValType::V128)
        {
            continue;
        }
        for _ in 0..2 {
            let args: Vec<_> = function
                .params()
                .iter()
                .map(|ty| argument(*ty, random()))
                .collect();
            calls.push(json!({ "export": export.0, "args": args }));
        }
    }
    Ok(calls)
}

/// A value's type and its bits in decimal; small numbers and addresses are more likely than far ones.
fn argument(ty: ValType, random: u64) -> [String; 2] {
    let number = if random % 3 == 0 {
        random >> 8
    } else {
        (random >> 8) % 64
    };
    let (name, bits) = match ty {
        ValType::I32 => ("i32", u64::from(number as u32)),
        ValType::I64 => ("i64", number),
        ValType::F32 => ("f32", u64::from((number as f32).to_bits())),
        ValType::F64 => ("f64", (number as f64).to_bits()),
        ValType::V128 => unreachable!("left out by the caller"),
        ValType::Ref(reference) if reference.is_func_ref() => ("funcref", 0),
        ValType::Ref(_) => ("externref", 0),
    };
    [name.to_string(), bits.to_string()]
}
