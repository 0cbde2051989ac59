import assert from 'node:assert/strict';
import { join } from 'node:path';
import { checkCrate } from '../../../src/diagnostics/check.ts';
import { checkFolder } from '../../../src/diagnostics/checkFolder.ts';
import { CrateReader } from '../../../src/diagnostics/crateReader.ts';
import { crateDir, manifest, MemoryFiles, rustReader } from './support.ts';

const path = (...parts: string[]) => join(crateDir, ...parts);

describe('CrateReader', () => {
  it('follows modules into their files, but not those of tests and other platforms', async () => {
    const files = new MemoryFiles({
      'Cargo.toml': manifest('\n[features]\ndefault = ["on"]\non = []\noff = []\n'),
      'src/main.rs':
        'mod a;\n#[path = "odd/name.rs"]\nmod b;\n#[cfg(windows)]\nmod c;\n#[cfg(test)]\nmod t;\n#[cfg(feature = "on")]\nmod on;\n#[cfg(feature = "off")]\nmod off;\nmod inline { mod d; }\nfn main() {}\n',
      'src/a.rs': 'mod deep;\n',
      'src/a/deep.rs': '',
      'src/odd/name.rs': '',
      'src/c.rs': '',
      'src/t.rs': '',
      'src/on/mod.rs': 'mod below;\n',
      'src/on/below.rs': '',
      'src/off.rs': '',
      'src/inline/d.rs': '',
      'src/stray.rs': '',
    });
    const crate = await new CrateReader(files, await rustReader()).read(crateDir);
    const names = ['main.rs', 'a.rs', 'a/deep.rs', 'odd/name.rs', 'on/mod.rs', 'on/below.rs', 'inline/d.rs'];
    assert.deepEqual(
      [...crate!.sources.keys()].sort(),
      names.map((name) => path('src', ...name.split('/'))).sort(),
    );
  });

  it('finds the roots of a package as cargo does', async () => {
    const files = new MemoryFiles({
      'Cargo.toml': manifest('\n[[bin]]\nname = "odd"\npath = "tools/odd.rs"\n'),
      'src/lib.rs': '',
      'src/main.rs': 'fn main() {}',
      'src/bin/one.rs': 'fn main() {}',
      'src/bin/two/main.rs': 'fn main() {}',
      'tools/odd.rs': 'fn main() {}',
      'examples/try.rs': 'fn main() {}',
    });
    const crate = await new CrateReader(files, await rustReader()).read(crateDir);
    assert.deepEqual(crate!.roots.map(({ kind, name }) => `${kind} ${name}`).sort(), [
      'bin app',
      'bin odd',
      'bin one',
      'bin two',
      'example try',
      'lib app',
    ]);
  });

  it('parses only what changed, to the same as parsing anew', async () => {
    const before = 'fn main() { let a = "ä𝄞"; println!("{a}"); }\nfn f() {}\n';
    const files = new MemoryFiles({ 'Cargo.toml': manifest(), 'src/main.rs': before });
    const reader = new CrateReader(files, await rustReader());
    const first = (await reader.read(crateDir, { asked: true }))!.sources.get(path('src', 'main.rs'));
    const same = (await reader.read(crateDir, { asked: true }))!.sources.get(path('src', 'main.rs'));
    assert.equal(same, first);
    const edits = [
      before.replace('fn f() {}', 'fn f() { std::thread::spawn(|| {}); }'),
      before.replace('"ä𝄞"', '("ö", std::env::var("K").unwrap())'),
      '',
      before,
      before.replace('println!("{a}")', 'println!'),
      before.replace('println!("{a}")', 'println!("{}", std::env::var("K").unwrap())'),
    ];
    for (const text of edits) {
      await files.write(path('src', 'main.rs'), text);
      const again = checkCrate((await reader.read(crateDir, { asked: true }))!);
      const anew = checkCrate(
        (await new CrateReader(files, await rustReader()).read(crateDir, { asked: true }))!,
      );
      assert.deepEqual(again, anew);
    }
    reader.forget();
  });

  it('has nothing of a folder without a package', async () => {
    const reader = new CrateReader(new MemoryFiles({ 'a/Cargo.toml': '[workspace]\n' }), await rustReader());
    assert.equal(await reader.read(crateDir), undefined);
    assert.equal(await reader.read(path('a')), undefined);
  });
});

describe('checkFolder', () => {
  it('checks every member of a workspace but those excluded', async () => {
    const bad = '\n[dependencies]\nring = "0.17"\n';
    const files = new MemoryFiles({
      'Cargo.toml': '[workspace]\nmembers = ["crates/*", "tool"]\nexclude = ["crates/out"]\n',
      'crates/a/Cargo.toml': manifest(bad),
      'crates/a/src/main.rs': 'fn main() {}',
      'crates/out/Cargo.toml': manifest(bad),
      'crates/notes.md': '',
      'tool/Cargo.toml': manifest(bad),
      'tool/src/main.rs': 'fn main() {}',
      '.cargo/config.toml': '[build]\ntarget = "wasm32-wasi"\n',
    });
    const reader = new CrateReader(files, await rustReader());
    const found = await checkFolder(crateDir, files, reader, { target: null });
    assert.deepEqual(
      found.map(({ code, file }) => [code, file]),
      [
        ['wasi/old-target-name', path('.cargo', 'config.toml')],
        ['wasi/c-code', path('crates', 'a', 'Cargo.toml')],
        ['wasi/c-code', path('tool', 'Cargo.toml')],
      ],
    );
  });

  const broken: Record<string, [text: string, line: number, character: number, says: RegExp]> = {
    'no TOML': ['[package]\nname = app\n', 1, 7, /^This is no valid TOML: /],
    'a table that never ends': ['[package\n', 1, 0, /no valid TOML/],
    'neither package nor workspace': ['[dependencies]\n', 0, 0, /neither a \[package\]/],
  };
  for (const [title, [text, line, character, says]] of Object.entries(broken)) {
    it(`says where a manifest is ${title}`, async () => {
      const files = new MemoryFiles({ 'Cargo.toml': text });
      const reader = new CrateReader(files, await rustReader());
      const [finding, ...others] = await checkFolder(crateDir, files, reader, { target: null });
      assert.deepEqual(others, []);
      assert.equal(finding?.code, 'wasi/build-failed');
      assert.match(finding.message, says);
      assert.deepEqual(finding.range.start, { line, character });
    });
  }
});
