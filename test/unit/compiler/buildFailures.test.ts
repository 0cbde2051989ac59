import assert from 'node:assert/strict';
import { hello, errorOf, manifest, Scratch } from './crates.ts';

describe('build failures', () => {
  let scratch: Scratch;
  before(async () => (scratch = await Scratch.create()));
  after(() => scratch[Symbol.asyncDispose]());

  const request = { target: 'wasm32-wasip1', runnable: null, profile: 'dev' } as const;
  let crates = 0;
  /** The error of building a crate of these files. */
  const failure = async (files: Record<string, string>, more: object = {}) => {
    const folder = `crate ${++crates}`;
    const placed = Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]);
    const crateDir = await scratch.write(Object.fromEntries(placed) as Record<string, string>);
    return errorOf(scratch.build({ crateDir, ...more }));
  };

  it('says where the first compile error is, with all of it as the cause', async () => {
    const error = await failure({
      'Cargo.toml': manifest('broken'),
      'src/main.rs': 'fn main() {\n    let größe: u32 = "1";\n    missing();\n}\n',
    });
    assert.equal(error.code, 'build-failed');
    assert.match(error.message, /^(mismatched types \(src.main\.rs:2:22\)|cannot find function `missing`.*)/);
    assert.match(error.cause!, /^error\[E0\d+\]: [^]*--> src/);
    assert.match(error.hint!, /src.main\.rs:\d:\d/);
    const [action] = error.actions;
    assert.ok(
      action?.kind === 'show-source' && /src.main\.rs$/.test(action.file) && [2, 3].includes(action.line),
    );
  });

  describe('that are known', () => {
    const cases: readonly (readonly [string, Record<string, string>, object, RegExp, RegExp])[] = [
      [
        'an attribute from before edition 2024',
        {
          'Cargo.toml': manifest('old').replace('2021', '2024'),
          'src/main.rs': '#[no_mangle]\npub extern "C" fn f() {}\nfn main() {}\n',
        },
        {},
        /^unsafe attribute used without unsafe/,
        /#\[unsafe\(no_mangle\)\]/,
      ],
      [
        'a package that wants a newer rustc',
        { 'Cargo.toml': manifest('new', 'rust-version = "1.999"\n'), 'src/main.rs': hello },
        {},
        /rustc .* is not supported/,
        /rustup update/,
      ],
      [
        'a bin whose features are not on',
        {
          'Cargo.toml': manifest(
            'gated',
            '[features]\nf = []\n[[bin]]\nname = "gated"\nrequired-features = ["f"]\n',
          ),
          'src/main.rs': hello,
        },
        {},
        /requires the features: `f`/,
        /^Build `?gated`? with the features it requires: `f`/,
      ],
      [
        'a program without main',
        { 'Cargo.toml': manifest('empty'), 'src/main.rs': 'pub fn start() {}\n' },
        {},
        /`main` function not found/,
        /^Add fn main\(\)/,
      ],
      [
        'a lock file that is missing although locked',
        { 'Cargo.toml': manifest('locked'), 'src/main.rs': hello },
        { locked: true },
        /lock file/,
        /^Cargo\.lock is out of date/,
      ],
      [
        'a dependency that is not here, offline',
        {
          'Cargo.toml': manifest('far', '[dependencies]\nno-such-crate-of-the-workbench = "1"\n'),
          'src/main.rs': hello,
        },
        { offline: true },
        /no matching package/,
        /without --offline/,
      ],
      [
        'a symbol that nothing defines',
        {
          'Cargo.toml': manifest('unresolved'),
          'src/main.rs':
            'extern "C" { fn from_c() -> i32; }\nfn main() { println!("{}", unsafe { from_c() }); }\n',
        },
        { target: 'wasm32-wasip2' },
        /^linking with .* failed/,
        /^Nothing defines from_c/,
      ],
      [
        'a feature there is not',
        { 'Cargo.toml': manifest('plain'), 'src/main.rs': hello },
        { features: ['loud'] },
        /does not contain this feature/,
        /features of plain/,
      ],
      [
        'a profile there is not',
        { 'Cargo.toml': manifest('plain'), 'src/main.rs': hello },
        { profile: 'tiny' },
        /profile `tiny` is not defined/,
        /release and dev/,
      ],
      [
        'C code without a compiler for it',
        {
          'Cargo.toml': manifest('c'),
          'src/main.rs': hello,
          'build.rs':
            'fn main() { eprintln!("error occurred in cc-rs: failed to find tool \\"clang\\": No such file or directory (see https://docs.rs/cc/latest/cc/#compile-time-requirements for help)"); std::process::exit(1) }\n',
        },
        {},
        /failed to run custom build command/,
        /wasi-sdk/,
      ],
      [
        'a manifest that is no TOML',
        { 'Cargo.toml': '[package\nname = "x"\n', 'src/main.rs': hello },
        {},
        /./,
        /^Mend Cargo\.toml/,
      ],
      [
        'a toolchain that is not installed',
        {
          'Cargo.toml': manifest('pinned'),
          'rust-toolchain.toml': '[toolchain]\nchannel = "1.2.3"\n',
          'src/main.rs': hello,
        },
        {},
        /toolchain '1\.2\.3[^']*' is not installed/,
        /rustup toolchain install 1\.2\.3/,
      ],
    ];
    for (const [what, files, more, message, hint] of cases) {
      it(what, async () => {
        const error = await failure(files, more);
        assert.equal(error.code, 'build-failed', JSON.stringify(error, null, 1));
        assert.match(error.message, message);
        assert.match(error.hint!, hint, JSON.stringify(error, null, 1));
        assert.ok(error.cause);
      });
    }
  });

  it('a library alone, several programs, a name there is not', async () => {
    const library = { 'Cargo.toml': manifest('library'), 'src/lib.rs': '' };
    const alone = await failure(library);
    assert.equal(alone.code, 'no-binary');
    assert.match(alone.hint!, /\[\[bin\]\]/);
    const two = { 'Cargo.toml': manifest('two'), 'src/main.rs': hello, 'src/bin/b.rs': hello };
    const several = await failure(two);
    assert.equal(several.code, 'several-binaries');
    assert.deepEqual(several.actions, [{ kind: 'choose-binary', names: ['b', 'two'] }]);
    const none = await failure(two, { runnable: { kind: 'bin', name: 'c', package: null } });
    assert.equal(none.code, 'no-binary');
    assert.deepEqual(none.actions, several.actions);
  });

  it('a folder that is not there, or holds no crate', async () => {
    for (const crateDir of [scratch.path('nowhere'), scratch.folder]) {
      assert.equal((await errorOf(scratch.build({ crateDir }))).code, 'crate-not-found');
    }
  });

  it('no cargo anywhere', async () => {
    const crateDir = await scratch.write({ 'lost/Cargo.toml': manifest('lost'), 'lost/src/main.rs': hello });
    const nowhere = { PATH: '', HOME: scratch.folder, USERPROFILE: scratch.folder };
    const compiler = scratch.compiler({ ...nowhere, CARGO: undefined, CARGO_HOME: undefined });
    const error = await errorOf(compiler.build({ ...request, crateDir }));
    assert.equal(error.code, 'cargo-not-found');
    assert.match(error.hint!, /rustup\.rs/);
    assert.equal((await errorOf(compiler.installTarget('wasm32-wasip2', null))).code, 'rustup-not-found');
  });
});
