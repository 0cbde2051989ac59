use sha2::{Digest, Sha256};
fn main() {
    let block = vec![7u8; 1 << 20];
    let mut hasher = Sha256::new();
    for _ in 0..bench_programs::rounds() {
        hasher.update(&block);
    }
    println!("{:02x?}", &hasher.finalize()[..4]);
}
