use regex_automata::nfa::thompson::{pikevm::PikeVM, Compiler};
use regex_syntax::hir::{literal::Extractor, Hir, Repetition};
use serde_json::json;

// A program of half a megabyte: parsers, a compiler, a machine, and what they made as text.
fn main() {
    let patterns = [
        r"(?P<year>\d{4})-(\d{2})",
        r"(?i)str(as|ss)e",
        r"[\w&&[^\d]]{3,7}",
    ];
    let mut size = 0;
    for round in 0..bench_programs::rounds() {
        for pattern in patterns {
            let ast = regex_syntax::ast::parse::Parser::new().parse(pattern).unwrap();
            let hir = Hir::concat(vec![
                Hir::literal(*b"ab"),
                Hir::repetition(Repetition {
                    min: 1,
                    max: None,
                    greedy: true,
                    sub: Box::new(Hir::alternation(vec![Hir::literal(*b"x"), Hir::literal(*b"yz")])),
                }),
            ]);
            let literals = Extractor::new().extract(&hir);
            let nfa = Compiler::new().build_from_hir(&hir).unwrap();
            let vm = PikeVM::new_from_nfa(nfa.clone()).unwrap();
            let found = vm.is_match(&mut vm.create_cache(), &format!("{round}abxyz"));
            size += json!({
                "ast": format!("{ast} {ast:#?}"), "hir": format!("{hir} {literals:?}"),
                "nfa": format!("{nfa:?}"), "found": found,
            })
            .to_string()
            .len();
        }
    }
    println!("{size}");
}
