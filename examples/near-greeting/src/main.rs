//! Reads the greeting that a contract on NEAR holds, and sets another one where it is asked to: `{"contract": "…",
//! "greeting": "…"}` on stdin, the second of which can be left out.
//!
//! `near:rpc` signs with the key that the program gives. It comes from the secrets `SIGNER_ID` and `SIGNER_KEY`, so
//! that it stands in no source and in no input.

use std::env;
use std::error::Error;
use std::io::{self, Write};

use near::rpc::api as rpc;
use serde::{Deserialize, Serialize};
use serde_json::json;

wit_bindgen::generate!({
    inline: "
        package example:near-greeting;

        world near-greeting {
            import near:rpc/api@0.1.0;
        }
    ",
    path: "../../wit/near-rpc.wit",
    generate_all,
});

/// As much as the simplest call may need: 30 Tgas.
const GAS: &str = "30000000000000";

fn main() -> Result<(), Box<dyn Error>> {
    let request: Request = serde_json::from_reader(io::stdin().lock())?;
    let transaction = match &request.greeting {
        Some(greeting) => Some(set_greeting(&request.contract, greeting)?),
        None => None,
    };
    let answer = Answer {
        greeting: greeting(&request.contract)?,
        transaction,
    };
    let mut stdout = io::stdout().lock();
    serde_json::to_writer(&mut stdout, &answer)?;
    stdout.flush()?;
    Ok(())
}

#[derive(Deserialize)]
struct Request {
    contract: String,
    greeting: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    greeting: String,
    /// The hash of the one that set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction: Option<String>,
}

fn greeting(contract: &str) -> Result<String, Box<dyn Error>> {
    let returned = ok(rpc::view(contract, "get_greeting", "{}", "final"))?;
    Ok(serde_json::from_str(&returned)?)
}

fn set_greeting(contract: &str, greeting: &str) -> Result<String, Box<dyn Error>> {
    let (signer, key) = (secret("SIGNER_ID")?, secret("SIGNER_KEY")?);
    let args = json!({ "greeting": greeting }).to_string();
    let hash = rpc::call(
        &signer,
        &key,
        contract,
        "set_greeting",
        &args,
        "0",
        GAS,
        "FINAL",
    );
    Ok(ok(hash)?)
}

fn secret(name: &str) -> Result<String, String> {
    env::var(name).map_err(|_| format!("the secret {name} is missing"))
}

/// The worker's functions return a result and the text of an error, which is empty where there was none.
fn ok((result, error): (String, String)) -> Result<String, String> {
    if error.is_empty() {
        Ok(result)
    } else {
        Err(error)
    }
}
