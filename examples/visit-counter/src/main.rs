//! Counts visits to pages: reads `{"page": "…", "visits": 1}` on stdin and writes how many the page has had by now.
//!
//! What is counted outlives the run: `near:storage` keeps it for the project and the account that asked for the run.
//! `increment` is atomic, so that runs that overlap lose nothing.

use std::error::Error;
use std::io::{self, Write};

use near::storage::api as storage;
use serde::{Deserialize, Serialize};

wit_bindgen::generate!({
    inline: "
        package example:visit-counter;

        world visit-counter {
            import near:storage/api@0.1.0;
        }
    ",
    path: "../../wit/near-storage.wit",
    generate_all,
});

fn main() -> Result<(), Box<dyn Error>> {
    let visit: Visit = serde_json::from_reader(io::stdin().lock())?;
    let report = count(&visit)?;
    let mut stdout = io::stdout().lock();
    serde_json::to_writer(&mut stdout, &report)?;
    stdout.flush()?;
    Ok(())
}

#[derive(Deserialize)]
struct Visit {
    page: String,
    /// How many at once.
    #[serde(default = "one")]
    visits: u32,
}

fn one() -> u32 {
    1
}

#[derive(Serialize)]
struct Report {
    page: String,
    visits: i64,
    /// Every page that was visited.
    pages: Vec<String>,
}

fn count(visit: &Visit) -> Result<Report, String> {
    let key = format!("visits/{}", visit.page);
    let mut visits = 0;
    for _ in 0..visit.visits {
        visits = ok(storage::increment(&key, 1))?;
    }
    let keys = ok(storage::list_keys("visits/"))?;
    let keys: Vec<String> = serde_json::from_str(&keys).map_err(|error| error.to_string())?;
    Ok(Report {
        page: visit.page.clone(),
        visits,
        pages: keys
            .iter()
            .map(|key| key["visits/".len()..].into())
            .collect(),
    })
}

/// The worker's functions return a value and the text of an error, which is empty where there was none.
fn ok<T>((value, error): (T, String)) -> Result<T, String> {
    if error.is_empty() {
        Ok(value)
    } else {
        Err(error)
    }
}
