//! Runs WASI programs as a wasmtime 28 host does, and prints what it saw as JSON.
//!
//! `oracle FILE.wasm [options] < stdin` answers one run; `oracle --serve` takes one request a line, see [`Request`].

mod cassette;
mod outcome;
mod request;
mod run;

use anyhow::Result;
use clap::Parser;
use request::{Cli, Request};
use run::Runner;
use serde_json::json;
use std::io::{BufRead, Read, Write};

#[tokio::main]
async fn main() -> Result<()> {
    let cli = Cli::parse();
    let mut runner = Runner::default();
    if cli.serve {
        return serve(&mut runner).await;
    }
    let mut stdin = vec![];
    std::io::stdin().read_to_end(&mut stdin)?;
    let request = cli.into_request()?;
    let answer = runner.answer(&request, stdin).await?;
    println!("{}", serde_json::to_string(&answer)?);
    Ok(())
}

async fn serve(runner: &mut Runner) -> Result<()> {
    for line in std::io::stdin().lock().lines() {
        let answer = match answer_line(runner, &line?).await {
            Ok(answer) => answer,
            Err(error) => json!({ "failure": format!("{error:#}") }),
        };
        println!("{answer}");
        std::io::stdout().flush()?;
    }
    Ok(())
}

async fn answer_line(runner: &mut Runner, line: &str) -> Result<serde_json::Value> {
    let request: Request = serde_json::from_str(line)?;
    let stdin = match &request.stdin {
        Some(path) => std::fs::read(path)?,
        None => vec![],
    };
    Ok(serde_json::to_value(runner.answer(&request, stdin).await?)?)
}
