#[derive(Clone, Copy)]
struct Body {
    p: [f64; 3],
    v: [f64; 3],
    m: f64,
}
fn main() {
    let steps = bench_programs::rounds();
    let mut bodies: Vec<Body> = (0..5)
        .map(|i| {
            let x = i as f64;
            Body {
                p: [x * 4.0, x * x, 1.0 + x],
                v: [0.1 * x, 0.2, -0.1 * x],
                m: 1.0 / (1.0 + x),
            }
        })
        .collect();
    for _ in 0..steps {
        for i in 0..bodies.len() {
            for j in i + 1..bodies.len() {
                let (a, b) = (bodies[i], bodies[j]);
                let d = [a.p[0] - b.p[0], a.p[1] - b.p[1], a.p[2] - b.p[2]];
                let square = d.iter().map(|x| x * x).sum::<f64>() + 0.01;
                let force = 0.001 / (square * square.sqrt());
                for axis in 0..3 {
                    bodies[i].v[axis] -= d[axis] * b.m * force;
                    bodies[j].v[axis] += d[axis] * a.m * force;
                }
            }
        }
        for body in &mut bodies {
            for axis in 0..3 {
                body.p[axis] += 0.001 * body.v[axis];
            }
        }
    }
    println!("{:.9}", bodies[0].p[0]);
}
