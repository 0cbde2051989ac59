fn main() {
    for n in 0..bench_programs::rounds() {
        println!("line {n}");
    }
}
