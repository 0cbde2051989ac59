//! Calls of everything a module exports that JavaScript can call too.

use anyhow::Result;
use serde_json::{json, Value};
use wasmparser::types::EntityType;
use wasmparser::{FuncType, ValType, Validator, WasmFeatures};

/// The exported functions without vectors in their types, which JavaScript can't pass.
pub fn callable(wasm: &[u8]) -> Result<Vec<(String, FuncType)>> {
    let types = Validator::new_with_features(WasmFeatures::all()).validate_all(wasm)?;
    let types = types.as_ref();
    let mut functions = vec![];
    for (name, entity) in types.core_exports().into_iter().flatten() {
        let EntityType::Func(id) = entity else { continue };
        let function = types[id].unwrap_func();
        if function
            .params()
            .iter()
            .chain(function.results())
            .all(|ty| *ty != ValType::V128)
        {
            functions.push((name.to_string(), function.clone()));
        }
    }
    Ok(functions)
}

/// Two calls of each callable function, on numbers that are no NaN.
pub fn calls_of(wasm: &[u8], mut random: impl FnMut() -> u64) -> Result<Vec<Value>> {
    let mut calls = vec![];
    for (name, function) in callable(wasm)? {
        for _ in 0..2 {
            let args: Vec<_> = function
                .params()
                .iter()
                .map(|ty| argument(*ty, random()))
                .collect();
            calls.push(json!({ "export": name, "args": args }));
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
