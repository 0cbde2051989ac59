import assert from 'node:assert/strict';
import { check, manifest, outlayer } from './support.ts';

const source = (comment: string) => `${comment}fn main() { std::process::exit(0) }\n`;
const files = (text: string, more = outlayer) => ({ 'Cargo.toml': manifest(more), 'src/main.rs': text });
const codes = async (...args: Parameters<typeof check>) => (await check(...args)).map(({ code }) => code);

describe('a rule is silenced', () => {
  const silent: Record<string, string> = {
    'by a comment on the line before': '// wasi-workbench: allow(wasi/exit-zero)\n',
    'by one of several codes': '// wasi-workbench: allow(wasi/args, wasi/exit-zero) because\n',
    'through other comments': '// wasi-workbench: allow(wasi/exit-zero)\n// more\n\n',
    'by a comment in its line': '/* wasi-workbench: allow(wasi/exit-zero) */ ',
  };
  for (const [title, comment] of Object.entries(silent)) {
    it(title, async () => assert.deepEqual(await codes(files(source(comment))), []));
  }

  const loud: Record<string, string> = {
    'another code': '// wasi-workbench: allow(wasi/args)\n',
    'a code that there is none of': '// wasi-workbench: allow(exit-zero)\n',
    'another line': '// wasi-workbench: allow(wasi/exit-zero)\nfn f() {}\n',
  };
  for (const [title, comment] of Object.entries(loud)) {
    it(`but not by ${title}`, async () =>
      assert.deepEqual(await codes(files(source(comment))), ['wasi/exit-zero']));
  }

  it("by a crate's metadata", async () => {
    assert.deepEqual(await codes(files(source(''), `${outlayer}allow = ["wasi/exit-zero"]\n`)), []);
  });

  it('by a comment in Cargo.toml and in configuration', async () => {
    const comment = '# wasi-workbench: allow(wasi/c-code, wasi/old-target-name)\n';
    const given = {
      ...files('fn main() {}\n', `\n[dependencies]\n${comment}ring = "0.17"\n`),
      '.cargo/config.toml': `[build]\n${comment}target = "wasm32-wasi"\n`,
    };
    assert.deepEqual(await codes(given), []);
  });

  it('by a setting, which can also change its severity', async () => {
    const asked = { asked: true };
    assert.deepEqual(await codes(files(source('')), asked, { 'wasi/exit-zero': 'off' }), []);
    const [finding] = await check(files(source('')), asked, { 'wasi/exit-zero': 'error' });
    assert.equal(finding?.severity, 'error');
  });
});

describe('severity', () => {
  const unwraps = 'fn main() { println!("{}", 1); let k = std::env::var("K").unwrap(); drop(k) }\n';
  const severity = async (more: Record<string, string>, options = {}) =>
    (await check({ ...files(unwraps, ''), ...more }, options)).map((finding) => finding.severity);

  it('of what is in sources is a hint where nobody said that the crate is for WASI', async () => {
    assert.deepEqual(await severity({}), ['hint']);
  });

  const signs: Record<string, Record<string, string>> = {
    'a configured target': { '.cargo/config.toml': '[build]\ntarget = "wasm32-wasip2"\n' },
    'an earlier build': { 'target/wasm32-wasip1/CACHEDIR.TAG': '' },
    metadata: { 'Cargo.toml': manifest('\n[package.metadata.wasi-workbench]\nprofile = "wasi"\n') },
  };
  for (const [title, more] of Object.entries(signs)) {
    it(`is the rule's own with ${title}`, async () => assert.deepEqual(await severity(more), ['warning']));
  }

  it('of a cdylib is a warning there, since it may be for another host', async () => {
    const given = { 'Cargo.toml': manifest('\n[lib]\ncrate-type = ["cdylib"]\n'), 'src/lib.rs': '' };
    assert.deepEqual(
      (await check(given, {})).map((finding) => finding.severity),
      ['warning'],
    );
    assert.deepEqual(
      (await check(given)).map((finding) => finding.severity),
      ['error'],
    );
  });

  it('is what a setting says, whatever the crate is for', async () => {
    const [finding] = await check(files(unwraps, ''), {}, { 'wasi/env-unwrap': 'error' });
    assert.equal(finding?.severity, 'error');
  });
});
