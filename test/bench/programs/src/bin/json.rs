use serde_json::Value;
fn main() {
    let one = r#"{"id":12345,"name":"Ada Lovelace","tags":["math","engine","ü"],"score":98.25,"nested":{"a":[1,2,3],"b":null}}"#;
    let text = format!("[{}]", vec![one; 100].join(","));
    let mut total = 0;
    for _ in 0..bench_programs::rounds() {
        let value: Value = serde_json::from_str(&text).unwrap();
        total += value[7]["nested"]["a"].as_array().unwrap().len() + value.to_string().len();
    }
    println!("{total}");
}
