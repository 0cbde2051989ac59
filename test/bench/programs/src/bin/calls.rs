//! A recursive descent over a tree: many small calls with loads in them.
struct Node {
    value: u64,
    children: Vec<Node>,
}
fn build(depth: u32, value: u64) -> Node {
    let children = if depth == 0 {
        vec![]
    } else {
        (0..4).map(|n| build(depth - 1, value * 3 + n)).collect()
    };
    Node { value, children }
}
#[inline(never)]
fn visit(node: &Node, by: u64) -> u64 {
    node.children
        .iter()
        .fold(node.value ^ by, |sum, child| sum.wrapping_add(visit(child, by)))
}
fn main() {
    let tree = build(8, 1);
    println!(
        "{}",
        (0..bench_programs::rounds() as u64).fold(0u64, |sum, n| sum.wrapping_add(visit(&tree, n)))
    );
}
