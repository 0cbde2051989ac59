//! The modules of a script, each with the calls that the script makes of it.

use crate::calls::callable;
use anyhow::Result;
use base64::prelude::{Engine, BASE64_STANDARD};
use json_from_wast::{Action, Command, Const, CoreConst, Opts};
use serde_json::{json, Value};
use wast::lexer::Lexer;
use wast::parser::{self, ParseBuffer};

pub fn print(file: &str) -> Result<()> {
    let text = std::fs::read_to_string(file)?;
    let mut lexer = Lexer::new(&text);
    lexer.allow_confusing_unicode(true);
    let buffer = ParseBuffer::new_with_lexer(lexer)?;
    let script = Opts::default().convert(file, &text, parser::parse(&buffer)?)?;
    let mut modules: Vec<(String, Vec<Value>)> = vec![];
    for command in &script.commands {
        match command {
            Command::Module { file, .. } => {
                let name = file.binary_filename.as_ref().unwrap_or(&file.filename);
                modules.push((name.to_string(), vec![]));
            }
            Command::Action { action, .. }
            | Command::AssertReturn { action, .. }
            | Command::AssertTrap { action, .. }
            | Command::AssertExhaustion { action, .. } => {
                // Calls of a module by its name are left out: the last one is the one that is called.
                if let (
                    Action::Invoke {
                        field,
                        args,
                        module: None,
                    },
                    Some((_, calls)),
                ) = (action, modules.last_mut())
                {
                    if let Some(args) = args.iter().map(value).collect::<Option<Vec<_>>>() {
                        calls.push(json!({ "export": field, "args": args }));
                    }
                }
            }
            _ => {}
        }
    }
    for (name, mut calls) in modules {
        let Some((_, wasm)) = script.wasms.iter().find(|(file, _)| *file == name) else {
            continue;
        };
        // A component, or a module of a proposal that is not known here, has none.
        let functions = callable(wasm).unwrap_or_default();
        calls.retain(|call| functions.iter().any(|(function, _)| call["export"] == *function));
        println!(
            "{}",
            json!({ "wasm": BASE64_STANDARD.encode(wasm), "calls": calls })
        );
    }
    Ok(())
}

/// A value's type and its bits in decimal; none for a vector, which JavaScript can't pass.
fn value(value: &Const) -> Option<[String; 2]> {
    let Const::Core(core) = value else { return None };
    let (name, bits) = match core {
        CoreConst::I32 { value } => ("i32", u64::from(value.0 as u32)),
        CoreConst::I64 { value } => ("i64", value.0 as u64),
        CoreConst::F32 { value } => ("f32", u64::from(value.to_bits())),
        CoreConst::F64 { value } => ("f64", value.to_bits()),
        CoreConst::ExternRef {
            value: Some(json_from_wast::ExternRef::Host(n)),
        } => ("externref", u64::from(n.0) + 1),
        CoreConst::ExternRef { .. } => ("externref", 0),
        CoreConst::FuncRef { .. } => ("funcref", 0),
        _ => return None,
    };
    Some([name.to_string(), bits.to_string()])
}
