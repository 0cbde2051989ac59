//! Rolls dice that nobody can have loaded: reads `{"game": "…", "dice": 2}` on stdin, and writes the roll with its proof.
//!
//! The randomness is `near:vrf`'s, a signature of a text that names the request and the player. Whoever has the public
//! key can check the signature, and roll the same dice from it.

use std::error::Error;
use std::io::{self, Write};

use near::vrf::api as vrf;
use serde::{Deserialize, Serialize};

wit_bindgen::generate!({
    inline: "
        package example:dice-roll;

        world dice-roll {
            import near:vrf/api@0.1.0;
        }
    ",
    path: "../../wit/near-vrf.wit",
    generate_all,
});

fn main() -> Result<(), Box<dyn Error>> {
    let game: Game = serde_json::from_reader(io::stdin().lock())?;
    let mut stdout = io::stdout().lock();
    serde_json::to_writer(&mut stdout, &roll(&game)?)?;
    stdout.flush()?;
    Ok(())
}

#[derive(Deserialize)]
struct Game {
    game: String,
    dice: usize,
}

#[derive(Serialize)]
struct Roll {
    dice: Vec<u8>,
    /// What was signed.
    alpha: String,
    signature: String,
    public_key: String,
}

fn roll(game: &Game) -> Result<Roll, String> {
    let (output, signature, alpha, error) = vrf::generate(&game.game);
    if !error.is_empty() {
        return Err(error);
    }
    let (public_key, error) = vrf::pubkey();
    if !error.is_empty() {
        return Err(error);
    }
    Ok(Roll {
        dice: dice(&output, game.dice)?,
        alpha,
        signature,
        public_key,
    })
}

/// One die for each byte that divides evenly: those of 252 and more would favour the small numbers.
fn dice(output: &str, count: usize) -> Result<Vec<u8>, String> {
    let bytes = (0..output.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&output[at..at + 2], 16));
    let fair = bytes.filter_map(Result::ok).filter(|byte| *byte < 252);
    let dice: Vec<u8> = fair.take(count).map(|byte| byte % 6 + 1).collect();
    if dice.len() == count {
        Ok(dice)
    } else {
        Err(format!("there is randomness for {} dice only", dice.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::dice;

    #[test]
    fn rolls_from_one_to_six() {
        assert_eq!(dice("000105060b", 5).unwrap(), [1, 2, 6, 1, 6]);
    }

    #[test]
    fn passes_over_what_is_not_fair() {
        assert_eq!(dice("fcfffb", 1).unwrap(), [6]);
        assert!(dice("fcff", 1).is_err());
    }
}
