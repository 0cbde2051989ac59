fn main() {
    let mut next = bench_programs::sequence(1);
    let mut values: Vec<u64> = (0..bench_programs::rounds()).map(|_| next()).collect();
    values.sort();
    println!("{}", values[values.len() / 2]);
}
