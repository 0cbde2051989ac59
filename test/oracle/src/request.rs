//! What is to be run: from the command line, or as one line of JSON.

use anyhow::{Context, Result};
use clap::Parser;
use serde::Deserialize;

#[derive(Parser)]
#[command(about = "Runs a WASI program on wasmtime 28 and prints fuel, output and outcome as JSON")]
pub struct Cli {
    /// A preview 1 module or a preview 2 component.
    #[arg(required_unless_present = "serve")]
    file: Option<String>,
    /// Take requests as lines of JSON on stdin until its end.
    #[arg(long)]
    pub serve: bool,
    /// The guest's whole argv, one at a time, program name included.
    #[arg(long = "arg", allow_hyphen_values = true)]
    args: Vec<String>,
    /// A variable as NAME=VALUE.
    #[arg(long = "env")]
    env: Vec<String>,
    /// A folder the guest may read and write, as HOST or HOST::GUEST.
    #[arg(long = "dir")]
    dirs: Vec<String>,
    /// Units that may be consumed.
    #[arg(long, default_value_t = 100_000_000_000)]
    fuel: u64,
    /// The most that each memory may have; also the size of the stdout pipe, MiB.
    #[arg(long, default_value_t = 128)]
    memory_mb: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// Exactly one: named modules that import each other are the Python oracle's.
    pub modules: Vec<NamedModule>,
    /// One run for each.
    pub fuels: Vec<u64>,
    #[serde(default = "default_memory_mb")]
    pub memory_mb: usize,
    /// The file whose bytes are stdin.
    pub stdin: Option<String>,
    #[serde(default)]
    pub argv: Vec<String>,
    #[serde(default)]
    pub env: Vec<(String, String)>,
    /// A cassette of the workbench, whose content takes the place of network, clocks, randomness and the worker's interfaces.
    pub cassette: Option<String>,
    /// Host folder, guest path.
    #[serde(default)]
    pub dirs: Vec<(String, String)>,
    #[serde(default = "default_metered")]
    pub metered: bool,
    /// How often each run is done, for timing.
    #[serde(default = "default_rounds")]
    pub rounds: usize,
}

#[derive(Deserialize)]
pub struct NamedModule {
    pub path: String,
}

fn default_memory_mb() -> usize {
    128
}

fn default_metered() -> bool {
    true
}

fn default_rounds() -> usize {
    1
}

impl Cli {
    pub fn into_request(self) -> Result<Request> {
        let path = self.file.context("no file is given")?;
        let env = self
            .env
            .iter()
            .map(|pair| split(pair, "="))
            .collect::<Result<_>>()?;
        let dirs = self
            .dirs
            .iter()
            .map(|dir| split(dir, "::").unwrap_or_else(|_| (dir.clone(), dir.clone())))
            .collect();
        Ok(Request {
            modules: vec![NamedModule { path }],
            fuels: vec![self.fuel],
            memory_mb: self.memory_mb,
            stdin: None,
            argv: self.args,
            env,
            cassette: None,
            dirs,
            metered: true,
            rounds: 1,
        })
    }
}

fn split(text: &str, separator: &str) -> Result<(String, String)> {
    let (left, right) = text
        .split_once(separator)
        .with_context(|| format!("no {separator} in {text}"))?;
    Ok((left.to_string(), right.to_string()))
}
