//! A job that is paid by the word: reads `{"text": "…", "tip_to": "…"}` on stdin, counts the words, gives back what was
//! paid too much, and tips somebody from the wallet that came with the request.
//!
//! `near:payment` gives back part of the payment that the worker tells of in `ATTACHED_USD`, once. `outlayer:wallet`
//! moves the caller's own tokens, within what the caller allows.

use std::env;
use std::error::Error;
use std::io::{self, Write};

use near::payment::api as payment;
use outlayer::wallet::api as wallet;
use serde::{Deserialize, Serialize};

wit_bindgen::generate!({
    inline: "
        package example:paid-job;

        world paid-job {
            import near:payment/api@0.1.0;
            import outlayer:wallet/api@0.1.0;
        }
    ",
    path: ["../../wit/near-payment.wit", "../../wit/outlayer-wallet.wit"],
    generate_all,
});

/// micro-USD of a word.
const PRICE: u64 = 1_000;
/// yoctoNEAR: a thousandth of one NEAR.
const TIP: &str = "1000000000000000000000";

fn main() -> Result<(), Box<dyn Error>> {
    let job: Job = serde_json::from_reader(io::stdin().lock())?;
    let paid: u64 = env::var("ATTACHED_USD")?.parse()?;
    let words = job.text.split_whitespace().count();
    let price = PRICE * words as u64;
    if price > paid {
        return Err(format!("{words} words cost {price} micro-USD, and {paid} were paid").into());
    }
    refund(paid - price)?;
    let receipt = Receipt {
        words,
        price,
        refunded: paid - price,
        tip: job.tip_to.as_deref().map(tip),
    };
    let mut stdout = io::stdout().lock();
    serde_json::to_writer(&mut stdout, &receipt)?;
    stdout.flush()?;
    Ok(())
}

#[derive(Deserialize)]
struct Job {
    text: String,
    /// An account.
    tip_to: Option<String>,
}

#[derive(Serialize)]
struct Receipt {
    words: usize,
    price: u64,
    refunded: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    tip: Option<Tip>,
}

/// A tip that the wallet refuses is no reason to fail.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Tip {
    Paid,
    Refused(String),
}

fn refund(amount: u64) -> Result<(), String> {
    if amount == 0 {
        return Ok(());
    }
    let error = payment::refund_usd(amount);
    if error.is_empty() { Ok(()) } else { Err(error) }
}

/// Errors of the wallet begin with a code: `policy_denied: …`.
fn tip(to: &str) -> Tip {
    let (_, error) = wallet::transfer("near", to, TIP);
    match error.split_once(':') {
        None if error.is_empty() => Tip::Paid,
        Some((code, _)) => Tip::Refused(code.into()),
        None => Tip::Refused(error),
    }
}
