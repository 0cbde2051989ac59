use std::fmt::Write;
fn main() {
    let mut length = 0;
    let mut text = String::new();
    for n in 0..bench_programs::rounds() {
        text.clear();
        write!(text, "{n} {:?} {:>8x} {:.2}", "key", n * 31, n as f64 / 7.0).unwrap();
        length += text.len();
    }
    println!("{length}");
}
