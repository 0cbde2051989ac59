import assert from 'node:assert/strict';
import { symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { BuildProgress } from '../../../src/compiler/buildRequest.ts';
import { hello, manifest, Scratch } from './crates.ts';

/** Bytes 4 to 7 of the file: version and layer. */
const coreVersion = [1, 0, 0, 0];
const componentVersion = [0x0d, 0, 1, 0];

describe('build', () => {
  let scratch: Scratch;
  before(async () => (scratch = await Scratch.create()));
  after(() => scratch[Symbol.asyncDispose]());

  const bin = (name: string, owner: string | null = null) => ({ kind: 'bin', name, package: owner }) as const;
  const version = (wasm: Uint8Array) => [...wasm.subarray(4, 8)];

  describe('one crate', () => {
    let crateDir: string;
    before(async () => {
      crateDir = await scratch.write({
        // As Windows writes it.
        'größe one/Cargo.toml': manifest(
          'one',
          'default-run = "one"\n[lib]\ncrate-type = ["cdylib", "rlib"]\n[features]\nloud = []\n[package.metadata.wasi-workbench]\nprofile = "outlayer"\n',
        ).replaceAll('\n', '\r\n'),
        'größe one/src/lib.rs':
          '#[no_mangle]\npub extern "C" fn answer() -> i32 { 42 }\npub fn text() -> &\'static str { if cfg!(feature = "loud") { "LOUD" } else { "quiet" } }\n',
        'größe one/src/main.rs': 'fn main() { let unused = 1; println!("{}", one::text()); }\n',
        'größe one/src/bin/second.rs': hello,
        'größe one/examples/show.rs': hello,
      });
    });

    for (const [target, cargoTarget, bytes] of [
      ['wasm32-wasip2', 'wasm32-wasip2', componentVersion],
      ['wasm32-wasip1', 'wasm32-wasip1', coreVersion],
      ['wasm32-wasi', 'wasm32-wasip1', coreVersion],
      ['wasm32-unknown-unknown', 'wasm32-unknown-unknown', coreVersion],
    ] as const) {
      it(`makes what ${target} is`, async () => {
        const result = await scratch.build({ crateDir, target });
        assert.equal(result.target, target);
        assert.equal(result.cargoTarget, cargoTarget);
        assert.deepEqual(version(result.wasm), bytes);
        assert.deepEqual([result.runnable.name, result.notes, result.optimised], ['one', [], null]);
        assert.equal(
          relative(crateDir, result.artefactPath),
          join('target', cargoTarget, 'debug', 'one.wasm'),
        );
      });
    }

    it('builds the bin, example or cdylib that is named', async () => {
      const built = async (kind: 'bin' | 'example' | 'cdylib', name: string) => {
        const runnable = { kind, name, package: null };
        const { artefactPath } = await scratch.build({ crateDir, runnable });
        return relative(join(crateDir, 'target', 'wasm32-wasip1', 'debug'), artefactPath);
      };
      assert.equal(await built('bin', 'second'), 'second.wasm');
      assert.equal(await built('example', 'show'), join('examples', 'show.wasm'));
      const cdylib = await scratch.build({
        crateDir,
        runnable: { kind: 'cdylib', name: 'one', package: 'one' },
      });
      assert.equal(cdylib.runnable.sourcePath, join(crateDir, 'src', 'lib.rs'));
      assert.ok(Buffer.from(cdylib.wasm).includes('answer'));
    });

    it('tells of warnings as they come, with their place, and of progress', async () => {
      const progress: BuildProgress[] = [];
      const warnings: string[] = [];
      const lines: string[] = [];
      const fresh = await scratch.write({
        'warns/Cargo.toml': manifest('warns', '[dependencies]\nbelow = { path = "below" }\n'),
        'warns/src/main.rs': 'fn main() { let größe = 1; }\n',
        'warns/below/Cargo.toml': manifest('below'),
        'warns/below/src/lib.rs': '',
      });
      const result = await scratch.compiler().build(
        { crateDir: fresh, target: 'wasm32-wasip1', runnable: null },
        {
          onProgress: (p) => progress.push(p),
          onDiagnostic: ({ message }) => warnings.push(message.message),
          onLine: (line) => lines.push(line),
        },
      );
      const [diagnostic] = result.diagnostics;
      assert.equal(diagnostic?.message.code?.code, 'unused_variables');
      assert.deepEqual(warnings[0], 'unused variable: `größe`');
      const span = diagnostic.message.spans[0];
      assert.deepEqual(
        [span?.file_name, span?.line_start, span?.column_start],
        [join('src', 'main.rs'), 1, 17],
      );
      assert.equal(dirname(diagnostic.manifestPath), fresh);
      assert.deepEqual(progress[0], { done: 0, total: 2, crate: 'below', waiting: false });
      assert.ok(progress.every(({ done, total }) => total === 2 && done <= 2));
      assert.match(lines.join('\n'), /Compiling warns v0.1.0[^]*Finished `release`/);
      assert.doesNotMatch(lines.join('\n'), /Building \[/);
    });

    it('hands features, profile and further arguments to cargo', async () => {
      const has = async (text: string, more: object) =>
        Buffer.from((await scratch.build({ crateDir, profile: 'release', ...more })).wasm).includes(text);
      assert.ok(await has('quiet', {}));
      assert.ok(await has('LOUD', { features: ['loud'] }));
      assert.ok(await has('LOUD', { allFeatures: true }));
      assert.ok(await has('quiet', { extraArgs: ['--config', 'profile.release.opt-level=1'] }));
      const { artefactPath } = await scratch.build({
        crateDir,
        extraArgs: ['--target-dir', scratch.path('else where')],
      });
      assert.equal(
        relative(scratch.path('else where'), artefactPath),
        join('wasm32-wasip1', 'debug', 'one.wasm'),
      );
    });

    it("respects CARGO_TARGET_DIR, in its own environment and in the request's", async () => {
      const folder = scratch.path('target of env');
      const request = { crateDir, target: 'wasm32-wasip1', runnable: null, profile: 'dev' } as const;
      const own = await scratch.compiler({ CARGO_TARGET_DIR: folder }).build(request);
      const asked = await scratch.build({ ...request, env: { CARGO_TARGET_DIR: folder } });
      assert.equal(relative(folder, own.artefactPath), join('wasm32-wasip1', 'debug', 'one.wasm'));
      assert.equal(asked.artefactPath, own.artefactPath);
    });

    it('reads the profile kind from the manifest', async () => {
      assert.deepEqual(await scratch.compiler().crateMetadata(crateDir), { profile: 'outlayer' });
      const odd = await scratch.write({
        'odd/Cargo.toml': manifest('odd', '[package.metadata.wasi-workbench]\nprofile = 3\n'),
        'odd/src/main.rs': hello,
      });
      assert.deepEqual(await scratch.compiler().crateMetadata(odd), { profile: null });
    });

    it('works through a symbolic link to the crate', async function () {
      if (process.platform === 'win32') this.skip();
      await symlink(crateDir, scratch.path('link'));
      const { artefactPath } = await scratch.build({ crateDir: scratch.path('link') });
      assert.equal(dirname(dirname(dirname(dirname(artefactPath)))), crateDir);
    });
  });

  describe('.cargo/config.toml', () => {
    it('has its say on target folder, flags and environment, but not on the target', async () => {
      const crateDir = await scratch.write({
        'config/Cargo.toml': manifest('config'),
        'config/src/main.rs':
          'fn main() { println!("{}", env!("FROM_CONFIG")); #[cfg(from_flags)] println!("flagged"); }\n',
        'config/.cargo/config.toml':
          '[build]\ntarget = "wasm32-unknown-unknown"\ntarget-dir = "öut"\nrustflags = ["--cfg", "from_flags"]\n[env]\nFROM_CONFIG = "configured"\n',
      });
      const { artefactPath, wasm } = await scratch.build({ crateDir });
      assert.equal(relative(crateDir, artefactPath), join('öut', 'wasm32-wasip1', 'debug', 'config.wasm'));
      assert.ok(Buffer.from(wasm).includes('configured') && Buffer.from(wasm).includes('flagged'));
    });
  });

  describe('workspaces', () => {
    let root: string;
    before(async () => {
      root = await scratch.write({
        'ws/Cargo.toml':
          '[workspace]\nmembers = ["a", "b", "lib"]\ndefault-members = ["b"]\nresolver = "2"\n',
        'ws/a/Cargo.toml': manifest('a'),
        'ws/a/src/main.rs': hello,
        'ws/a/src/bin/twin.rs': hello,
        'ws/b/Cargo.toml': manifest('b', '[dependencies]\nlib = { path = "../lib" }\n'),
        'ws/b/src/bin/twin.rs': 'fn main() { println!("{}", lib::name()); }\n',
        'ws/lib/Cargo.toml': manifest('lib'),
        'ws/lib/src/lib.rs': 'pub fn name() -> &\'static str { "the lib" }\n',
      });
    });

    it('list the runnables of every member, or of the one asked about', async () => {
      const compiler = scratch.compiler();
      const list = async (folder: string) =>
        (await compiler.runnables(folder)).map((each) => [
          each.package,
          each.name,
          relative(root, each.sourcePath),
        ]);
      const ofA = [
        ['a', 'a', join('a', 'src', 'main.rs')],
        ['a', 'twin', join('a', 'src', 'bin', 'twin.rs')],
      ];
      assert.deepEqual(await list(root), [['b', 'twin', join('b', 'src', 'bin', 'twin.rs')], ...ofA]);
      assert.deepEqual(await list(join(root, 'a')), ofA);
      assert.deepEqual(await list(join(root, 'lib')), []);
    });

    it('build the default member, or the named one, from the root or from a member', async () => {
      const manifestOf = async (request: object) =>
        relative(root, (await scratch.build({ crateDir: root, ...request })).runnable.manifestPath);
      assert.equal(await manifestOf({}), join('b', 'Cargo.toml'));
      assert.equal(await manifestOf({ runnable: bin('twin') }), join('b', 'Cargo.toml'));
      assert.equal(await manifestOf({ runnable: bin('twin', 'a') }), join('a', 'Cargo.toml'));
      assert.equal(await manifestOf({ runnable: bin('a') }), join('a', 'Cargo.toml'));
      assert.equal(await manifestOf({ crateDir: join(root, 'b') }), join('b', 'Cargo.toml'));
    });

    it('give the artefact of the package that was meant, although another has a bin of that name', async () => {
      const one = await scratch.build({ crateDir: root, runnable: bin('twin', 'b') });
      const other = await scratch.build({ crateDir: root, runnable: bin('twin', 'a') });
      assert.ok(Buffer.from(one.wasm).includes('the lib'));
      assert.ok(!Buffer.from(other.wasm).includes('the lib'));
    });

    it('share a target folder, where builds wait for each other', async () => {
      const shared = await scratch.write({
        'shared/Cargo.toml': '[workspace]\nmembers = ["slow", "quick"]\nresolver = "2"\n',
        'shared/slow/Cargo.toml': manifest('slow'),
        'shared/slow/src/main.rs': hello,
        // Lasts until the other build was seen to wait.
        'shared/slow/build.rs': `fn main() {
          for _ in 0..3000 {
            if std::path::Path::new("go").exists() { return; }
            std::thread::sleep(std::time::Duration::from_millis(20));
          }
        }`,
        'shared/quick/Cargo.toml': manifest('quick'),
        'shared/quick/src/main.rs': hello,
      });
      const lines: string[] = [];
      const compiler = scratch.compiler();
      const request = { target: 'wasm32-wasip1', runnable: null, profile: 'dev' } as const;
      const begun = Promise.withResolvers<undefined>();
      const slow = compiler.build(
        { ...request, crateDir: join(shared, 'slow') },
        { onLine: (line) => line.includes('Compiling slow') && begun.resolve(undefined) },
      );
      await Promise.race([begun.promise, slow]);
      const waiting = Promise.withResolvers<undefined>();
      const quick = compiler.build(
        { ...request, crateDir: join(shared, 'quick') },
        {
          onLine: (line) => lines.push(line),
          onProgress: (progress) => progress.waiting && waiting.resolve(undefined),
        },
      );
      await Promise.race([waiting.promise, quick]);
      await writeFile(join(shared, 'slow', 'go'), '');
      const built = await Promise.all([slow, quick]);
      assert.deepEqual(
        built.map(({ runnable }) => runnable.name),
        ['slow', 'quick'],
      );
      assert.ok(lines.includes('Waiting for another build into the same target folder to end.'));
    });
  });
});
