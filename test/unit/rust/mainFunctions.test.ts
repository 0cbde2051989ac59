import assert from 'node:assert/strict';
import type { Parser } from 'web-tree-sitter';
import { parserFiles } from '../../../scripts/lib/places.mjs';
import { findMainFunctions } from '../../../src/rust/mainFunctions.ts';
import { loadRustParser } from '../../../src/rust/rustParser.ts';

describe('findMainFunctions', () => {
  let parser: Parser;
  before(async () => {
    parser = await loadRustParser(parserFiles);
  });
  const linesOf = (source: string) => findMainFunctions(parser, source).map(({ startLine }) => startLine);

  const one: Record<string, string> = {
    plain: 'fn main() {}',
    'public, async, fallible':
      'pub(crate) async fn main() -> Result<(), Box<dyn std::error::Error>> { Ok(()) }',
    'under an attribute and a comment':
      '#[tokio::main(flavor = "current_thread")] // why\nasync fn main() {}',
    'extern "C"': '#[unsafe(no_mangle)] pub extern "C" fn main() -> i32 { 0 }',
    'after an inner attribute and a doc comment':
      '#![allow(dead_code)]\n//! Docs: fn main() {}\nfn main() {}',
    'before code that does not parse': 'fn main() {}\nfn half(',
    'not only for tests': '#[cfg(not(test))]\nfn main() {}',
    'with CRLF': '// a\r\n\r\nfn main() {\r\n}\r\n',
  };
  for (const [title, source] of Object.entries(one)) {
    it(`finds the one that is ${title}`, () => assert.equal(linesOf(source).length, 1));
  }

  const none: Record<string, string> = {
    'in a line comment': '// fn main() {}',
    'in a nested block comment': '/* /* */ fn main() {} */',
    'in a doc comment': '/// ```\n/// fn main() {}\n/// ```\nfn other() {}',
    'in a string': 'const S: &str = "\nfn main() {}\n";',
    'in a raw string with hashes': 'const S: &str = r##"\n"# fn main() {} "##;',
    'in a module': 'mod inner {\n    pub fn main() {}\n}',
    'in a function': 'fn outer() { fn main() {} }',
    'in an impl': 'struct A; impl A { fn main() {} }',
    'in a trait': 'trait A { fn main(); }',
    'in a macro definition': 'macro_rules! m { () => { fn main() {} } }',
    'in a macro call': 'quote! { fn main() {} }',
    'a foreign declaration': 'extern "C" { fn main(); }',
    'another name': 'fn domain() {} fn main_loop() {} fn r#main2() {}',
    'a test': '#[test]\nfn main() {}',
    'an async test': '#[tokio::test(start_paused = true)]\nasync fn main() {}',
    'only for tests': '#[cfg(test)]\n/* why */\nfn main() {}',
    'an imported one': 'use other::main;',
    'an empty file': '',
  };
  for (const [title, source] of Object.entries(none)) {
    it(`ignores ${title}`, () => assert.deepEqual(linesOf(source), []));
  }

  it('counts columns in UTF-16 units', () => {
    const [main] = findMainFunctions(parser, '/* é😀 */ fn main() {}');
    assert.deepEqual(main, { startLine: 0, startColumn: 13, endLine: 0, endColumn: 17 });
  });

  it('finds each of several under different cfg', () => {
    assert.deepEqual(linesOf('#[cfg(unix)]\nfn main() {}\n#[cfg(not(unix))]\nfn main() {}'), [1, 3]);
  });
});
