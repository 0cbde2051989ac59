use regex::Regex;
fn main() {
    let text = "user_42@example.com wrote on 2024-02-29 at 12:34, then nothing; x@y.z too. ".repeat(50);
    let address = Regex::new(r"([a-z_0-9]+)@([a-z]+\.)+[a-z]+").unwrap();
    let date = Regex::new(r"\b\d{4}-\d{2}-\d{2}\b").unwrap();
    let mut found = 0;
    for _ in 0..bench_programs::rounds() {
        found += address.find_iter(&text).count() + date.find_iter(&text).count();
    }
    println!("{found}");
}
