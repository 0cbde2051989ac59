import assert from 'node:assert/strict';
import type { RustcMessage, RustcSpan } from '../../../../src/compiler/cargoMessages.ts';
import { rustcProblem, utf16Column } from '../../../../src/editor/problems/rustcProblem.ts';

function span(change: Partial<RustcSpan> = {}): RustcSpan {
  return {
    file_name: 'src/main.rs',
    line_start: 3,
    line_end: 3,
    column_start: 5,
    column_end: 9,
    is_primary: true,
    label: null,
    suggested_replacement: null,
    suggestion_applicability: null,
    expansion: null,
    ...change,
  };
}

function message(change: Partial<RustcMessage> = {}): RustcMessage {
  return {
    level: 'error',
    message: 'it is wrong',
    code: null,
    spans: [span()],
    children: [],
    rendered: null,
    ...change,
  };
}

describe('rustcProblem', () => {
  it('takes the place of the primary span and the label as a second line', () => {
    const secondary = span({ is_primary: false, line_start: 9, label: 'because of this' });
    const problem = rustcProblem(message({ spans: [secondary, span({ label: 'here' })] }))!;
    assert.equal(problem.message, 'it is wrong\nhere');
    assert.equal(problem.place!.startLine, 3);
    assert.deepEqual(
      problem.related.map(({ message: text, place }) => [text, place.startLine]),
      [['because of this', 9]],
    );
  });

  it('puts notes without a place into the text, and those with one beside it', () => {
    const note = message({ level: 'note', message: 'on by default', spans: [] });
    const help = message({
      level: 'help',
      message: 'prefix it',
      spans: [span({ line_start: 4, suggested_replacement: '_x' })],
    });
    const problem = rustcProblem(message({ children: [note, help] }))!;
    assert.equal(problem.message, 'it is wrong\nnote: on by default');
    assert.deepEqual(problem.related[0]!.message, 'help: prefix it: `_x`');
    assert.equal(problem.related[0]!.place.startLine, 4);
  });

  const levels: [level: string, severity: string][] = [
    ['error', 'error'],
    ['error: internal compiler error', 'error'],
    ['warning', 'warning'],
    ['note', 'information'],
    ['help', 'information'],
  ];
  for (const [level, severity] of levels) {
    it(`shows “${level}” as ${severity}`, () =>
      assert.equal(rustcProblem(message({ level }))!.severity, severity));
  }

  it('drops summaries and keeps errors about the crate as a whole', () => {
    const whole = (text: string, level = 'error') =>
      rustcProblem(message({ message: text, level, spans: [] }));
    assert.equal(whole('aborting due to 2 previous errors'), null);
    assert.equal(whole('1 warning emitted', 'warning'), null);
    assert.equal(
      whole('For more information about this error, try `rustc --explain E0382`.', 'failure-note'),
      null,
    );
    assert.equal(whole('linking with `rust-lld` failed')!.place, null);
  });

  it('links error codes and tags what is unused or deprecated', () => {
    const coded = (code: string) => rustcProblem(message({ code: { code, explanation: null } }))!;
    assert.equal(coded('E0382').codeUrl, 'https://doc.rust-lang.org/error_codes/E0382.html');
    assert.equal(coded('unused_variables').codeUrl, null);
    assert.equal(coded('unused_variables').tag, 'unnecessary');
    assert.equal(coded('dead_code').tag, 'unnecessary');
    assert.equal(coded('deprecated').tag, 'deprecated');
    assert.equal(coded('E0382').tag, null);
  });

  it("shows what a foreign macro expands to at the user's call of it", () => {
    const call = span({ file_name: 'src/main.rs', line_start: 12 });
    const inner = span({
      file_name: '/rustc/abc/library/std/src/macros.rs',
      expansion: { span: call, macro_decl_name: 'println!' },
    });
    const outer = span({ file_name: '<format macros>', expansion: { span: inner, macro_decl_name: 'f!' } });
    assert.equal(rustcProblem(message({ spans: [outer] }))!.place!.startLine, 12);
  });

  it("keeps a place in the user's own macro", () => {
    const call = span({ line_start: 12 });
    const own = span({ line_start: 2, expansion: { span: call, macro_decl_name: 'mine!' } });
    assert.equal(rustcProblem(message({ spans: [own] }))!.place!.startLine, 2);
  });

  it('tells the calls of macros that led to a place', () => {
    const outermost = span({ line_start: 30 });
    const call = span({ line_start: 12, expansion: { span: outermost, macro_decl_name: 'outer!' } });
    const own = span({ line_start: 2, expansion: { span: call, macro_decl_name: 'mine!' } });
    assert.deepEqual(
      rustcProblem(message({ spans: [own] }))!.related.map(({ message: text, place }) => [
        text,
        place.startLine,
      ]),
      [
        ['in this expansion of `mine!`', 12],
        ['in this expansion of `outer!`', 30],
      ],
    );
  });
});

describe('what rustc suggests', () => {
  const suggestion = (change: Partial<RustcSpan>) =>
    span({ suggested_replacement: '_x', suggestion_applicability: 'MachineApplicable', ...change });
  const fixes = (spans: RustcSpan[]) => {
    const help = message({ level: 'help', message: 'prefix it', spans });
    return rustcProblem(message({ children: [help] }))!.fixes;
  };

  it('is one fix, whose edits belong together', () => {
    const [fix, ...others] = fixes([suggestion({}), suggestion({ line_start: 9, line_end: 9 })]);
    assert.deepEqual(others, []);
    assert.equal(fix!.title, 'prefix it');
    assert.deepEqual(
      fix!.edits.map(({ place, text }) => [place.startLine, text]),
      [
        [3, '_x'],
        [9, '_x'],
      ],
    );
  });

  it('is several fixes, where they are for the same place', () => {
    const unsure = { suggestion_applicability: 'MaybeIncorrect' };
    const found = fixes([suggestion(unsure), suggestion({ ...unsure, suggested_replacement: 'y' })]);
    assert.deepEqual(
      found.map(({ title, isSure }) => [title, isSure]),
      [
        ['prefix it: `_x`', false],
        ['prefix it: `y`', false],
      ],
    );
  });

  it('is left out where it has gaps to fill in, or is about the standard library', () => {
    assert.deepEqual(fixes([suggestion({ suggestion_applicability: 'HasPlaceholders' })]), []);
    assert.deepEqual(fixes([suggestion({ file_name: '/rustc/abc/library/std/src/macros.rs' })]), []);
  });
});

describe('utf16Column', () => {
  it('counts characters beyond the BMP as two', () => {
    const line = 'é😀𝒳 x';
    assert.deepEqual(
      [1, 2, 3, 4, 5].map((column) => utf16Column(line, column)),
      [0, 1, 3, 5, 6],
    );
  });

  it('stays in the line', () => assert.equal(utf16Column('ab', 99), 2));
});
