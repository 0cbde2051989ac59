import assert from 'node:assert/strict';
import { join } from 'node:path';
import { cli, resultOf, scratchFolder } from './cli.ts';
import { writeFiles } from '../writeFiles.ts';

const manifest = (more = '') =>
  `[package]\nname = "bare"\nversion = "0.1.0"\nedition = "2021"\n${more}\n[workspace]\n`;
const target = ['--target', 'wasm32-unknown-unknown'];

/** What somebody is told who builds a program, or a library, for wasm32-unknown-unknown by mistake. */
describe('bare modules that are none by intent', () => {
  const folder = scratchFolder();
  after(() => folder[Symbol.dispose]());

  function crate(name: string, files: Readonly<Record<string, string>>): string {
    const dir = join(folder.path, name);
    writeFiles(dir, files);
    return dir;
  }

  it('a program is told that what it prints is lost', async () => {
    const dir = crate('prints', {
      'Cargo.toml': manifest(),
      'src/main.rs': 'fn main() { println!("1"); }\n',
    });
    const { code, stderr } = await cli(['run', dir, ...target]);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /! A bare module has no stdin, stdout or stderr.*wasm32-wasip2 or wasm32-wasip1/);
    const wasi = await cli(['run', dir, '--target', 'wasm32-wasip1']);
    assert.doesNotMatch(wasi.stderr, /bare module/);
    const built = await cli(['build', dir, ...target, '--quiet']);
    const { stdout } = await cli(['check', built.stdout.toString().trimEnd(), '--json']);
    const { findings } = JSON.parse(stdout.toString()) as { findings: { code: string; severity: string }[] };
    assert.deepEqual(
      findings.map(({ code, severity }) => [code, severity]),
      [['wasi/bare-module', 'hint']],
    );
  });

  it('a panic is told from other traps', async () => {
    const source =
      'fn main() { let none: Vec<u8> = vec![]; println!("{}", none[std::env::args().count()]); }\n';
    const dir = crate('panics', { 'Cargo.toml': manifest(), 'src/main.rs': source });
    const { error } = resultOf(await cli(['run', dir, ...target, '--json', '--quiet']));
    assert.equal(error?.code, 'trap');
    assert.match(error.hint ?? '', /A panic of a bare module ends like this.*wasm32-wasip1 to read it/);
  });

  it('a library is told what makes a program of it, which does', async () => {
    const dir = crate('library', {
      'Cargo.toml': manifest('\n[lib]\ncrate-type = ["cdylib"]\n'),
      'src/lib.rs': 'pub fn shout(text: &str) -> String { text.to_uppercase() }\n',
    });
    const { error } = resultOf(await cli(['run', dir, '--json', '--quiet']));
    assert.equal(error?.code, 'missing-run');
    assert.match(
      error.hint ?? '',
      /fn main\(\) for wasm32-wasip2, which wasi-workbench check CRATE --fix does/,
    );
    assert.equal((await cli(['check', dir, '--fix'])).code, 0);
    const { output } = resultOf(await cli(['run', dir, '--json', '--quiet'], { stdin: 'ada' }));
    assert.equal(output, 'ADA\n');
  });
});
