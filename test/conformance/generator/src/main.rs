//! `generator random SEED COUNT` prints random modules and calls of them; `generator spec FILE.wast` the modules and
//! calls of a script of the specification's suite. Each line is a JSON object that the conformance run reads.

mod calls;
mod random;
mod spec;

use anyhow::{bail, Result};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["random", seed, count] => random::print(seed.parse()?, count.parse()?),
        ["spec", file] => spec::print(file),
        _ => bail!("usage: generator random SEED COUNT | generator spec FILE.wast"),
    }
}
