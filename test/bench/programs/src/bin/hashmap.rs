use std::collections::hash_map::DefaultHasher;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
fn main() {
    let mut next = bench_programs::sequence(2);
    let mut map: HashMap<u64, u64, BuildHasherDefault<DefaultHasher>> = HashMap::default();
    for _ in 0..bench_programs::rounds() {
        let n = next();
        *map.entry(n % 50_000).or_default() += n;
        if n % 5 == 0 {
            map.remove(&(n % 1_000));
        }
    }
    println!(
        "{} {}",
        map.len(),
        map.values().fold(0u64, |a, b| a.wrapping_add(*b))
    );
}
