//! What a run came to, in names that stay the same across wasmtime's versions.

use serde::Serialize;
use wasmtime::Trap;
use wasmtime_wasi::I32Exit;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    pub outcomes: Vec<Outcome>,
    pub compile_ms: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    #[serde(flatten)]
    pub ending: Ending,
    /// Units consumed.
    pub fuel: u64,
    /// Base64.
    pub stdout: String,
    /// Base64.
    pub stderr: String,
    pub run_ms: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ending {
    /// `ok`, `exit`, `invalid`, `link`, `memory-limit`, a trap's name, or `other`.
    pub kind: &'static str,
    pub exit_code: Option<i32>,
    /// wasmtime's own text; null on success.
    pub detail: Option<String>,
}

impl Ending {
    pub fn returned() -> Self {
        Ending {
            kind: "ok",
            exit_code: Some(0),
            detail: None,
        }
    }

    pub fn exit(code: i32) -> Self {
        Ending {
            kind: "exit",
            exit_code: Some(code),
            detail: None,
        }
    }

    pub fn invalid(error: &anyhow::Error) -> Self {
        Ending {
            kind: "invalid",
            exit_code: None,
            detail: Some(format!("{error:#}")),
        }
    }

    pub fn of_error(error: &anyhow::Error) -> Self {
        if let Some(exit) = error.downcast_ref::<I32Exit>() {
            return Ending::exit(exit.0);
        }
        let text = format!("{error:#}");
        let kind = match error.downcast_ref::<Trap>() {
            Some(trap) => trap_kind(*trap),
            None if text.contains("exceeds memory limits") => "memory-limit",
            None if text.contains("unknown import") || text.contains("was not found in the linker") => "link",
            None => "other",
        };
        Ending {
            kind,
            exit_code: None,
            detail: Some(text),
        }
    }
}

fn trap_kind(trap: Trap) -> &'static str {
    match trap {
        Trap::StackOverflow => "stack-overflow",
        Trap::MemoryOutOfBounds => "memory-out-of-bounds",
        Trap::TableOutOfBounds => "table-out-of-bounds",
        Trap::IndirectCallToNull => "indirect-call-to-null",
        Trap::BadSignature => "bad-signature",
        Trap::IntegerOverflow => "integer-overflow",
        Trap::IntegerDivisionByZero => "integer-divide-by-zero",
        Trap::BadConversionToInteger => "bad-conversion-to-integer",
        Trap::UnreachableCodeReached => "unreachable",
        Trap::OutOfFuel => "out-of-fuel",
        _ => "other",
    }
}
