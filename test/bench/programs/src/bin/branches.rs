//! A stack machine's loop: a branch that nothing predicts in every step.
fn main() {
    let mut next = bench_programs::sequence(3);
    let code: Vec<u8> = (0..4096).map(|_| (next() % 8) as u8).collect();
    let (mut a, mut b, mut c) = (1u32, 2u32, 3u32);
    for _ in 0..bench_programs::rounds() {
        for &op in &code {
            match op {
                0 => a = a.wrapping_add(b),
                1 => b ^= c,
                2 => {
                    if a & 1 == 0 {
                        c = c.wrapping_mul(3)
                    } else {
                        c = c.rotate_left(5)
                    }
                }
                3 => std::mem::swap(&mut a, &mut b),
                4 => {
                    if b > c {
                        a = a.wrapping_sub(c)
                    }
                }
                5 => c = c.wrapping_add(a | 1),
                6 => b = b.leading_zeros().wrapping_add(a),
                _ => {
                    if a < b && c & 2 != 0 {
                        a ^= 0x55
                    } else {
                        b = b.wrapping_add(7)
                    }
                }
            }
        }
    }
    println!("{a} {b} {c}");
}
