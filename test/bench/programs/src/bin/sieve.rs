fn main() {
    let size = bench_programs::rounds();
    let mut composite = vec![false; size + 1];
    let mut count = 0;
    for n in 2..=size {
        if !composite[n] {
            count += 1;
            for multiple in (n * n..=size).step_by(n) {
                composite[multiple] = true;
            }
        }
    }
    println!("{count}");
}
