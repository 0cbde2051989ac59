//! Reads whole numbers on stdin, one on each line, and writes as JSON how many of them are prime.
//!
//! Press “Run WASM” below: the program is built for WebAssembly, run, and its output and fuel are shown.

use std::io;

fn main() {
    let numbers: Vec<u64> = io::stdin()
        .lines()
        .map_while(Result::ok)
        .filter_map(|line| line.trim().parse().ok())
        .collect();
    let primes: Vec<u64> = numbers.iter().copied().filter(|n| is_prime(*n)).collect();
    println!(r#"{{"numbers": {}, "primes": {primes:?}}}"#, numbers.len());
}

/// Tries every divisor. Stop at the square root of `n` (`(2..=n.isqrt())`), run again, and watch the fuel fall.
fn is_prime(n: u64) -> bool {
    n > 1 && (2..n).all(|divisor| n % divisor != 0)
}
