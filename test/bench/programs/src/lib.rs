/// The number on stdin.
pub fn rounds() -> usize {
    let text = std::io::read_to_string(std::io::stdin()).expect("stdin is text");
    text.trim().parse().expect("stdin is a number")
}

/// A pseudo-random sequence that is the same in every run.
pub fn sequence(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed;
    move || {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        state >> 33
    }
}
