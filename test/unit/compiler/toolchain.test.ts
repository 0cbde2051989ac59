import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { adapterName } from '../../../src/compiler/finish.ts';
import { errorOf, hello, manifest, Scratch } from './crates.ts';

const real = execFileSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' }).trim();

describe('toolchain', () => {
  let scratch: Scratch;
  let crateDir: string;
  before(async function () {
    // The toolchains made up here are shell scripts and symbolic links.
    if (process.platform === 'win32') this.skip();
    scratch = await Scratch.create();
    crateDir = await scratch.write({ 'app/Cargo.toml': manifest('app'), 'app/src/main.rs': hello });
  });
  after(() => scratch[Symbol.asyncDispose]());

  /** A script to be called instead of a tool; `$@` is what the tool was given. */
  async function script(path: string, text: string): Promise<string> {
    await scratch.write({ [path]: `#!/bin/sh\n${text}\n` });
    await chmod(scratch.path(path), 0o755);
    return scratch.path(path);
  }

  /** The environment of a rustc whose sysroot, below `parent`, has every target of the real one but some. */
  async function lacking(parent: string, missing: readonly string[]): Promise<{ RUSTC: string }> {
    const sysroot = scratch.path(parent, 'stable-lacking');
    const rustlib = join(sysroot, 'lib', 'rustlib');
    await mkdir(rustlib, { recursive: true });
    for (const name of await readdir(join(real, 'lib', 'rustlib'))) {
      if (!missing.includes(name)) await symlink(join(real, 'lib', 'rustlib', name), join(rustlib, name));
    }
    return {
      RUSTC: await script(join(parent, 'rustc'), `exec '${real}/bin/rustc' --sysroot '${sysroot}' "$@"`),
    };
  }

  const request = { target: 'wasm32-wasip2', runnable: null, profile: 'dev' } as const;

  it('is described as it is', async () => {
    const found = await scratch.compiler().toolchain(crateDir);
    assert.equal(found.sysroot, real);
    assert.match(found.cargoVersion, /^cargo \d+\.\d+/);
    assert.match(found.rustcVersion, /^rustc \d+\.\d+/);
    assert.ok(existsSync(found.cargoPath) && existsSync(found.rustcPath));
    for (const target of ['wasm32-wasip1', 'wasm32-wasip2', 'wasm32-unknown-unknown']) {
      assert.ok(found.installedTargets.includes(target), target);
    }
    if (found.rustupToolchain !== null) assert.equal(found.rustupToolchain, basename(real));
  });

  it('is found where PATH and HOME name nothing but cargo is in CARGO_HOME', async function () {
    const { cargoPath } = await scratch.compiler().toolchain(crateDir);
    const cargoHome = scratch.path('cargo höme');
    await mkdir(cargoHome);
    await symlink(join(cargoPath, '..'), join(cargoHome, 'bin'));
    const bare = { PATH: '/usr/bin:/bin', CARGO: undefined, CARGO_HOME: cargoHome };
    // rustup goes by these; the rest of the environment is as an editor's started from a menu.
    const compiler = scratch.compiler(bare);
    const { artefactPath } = await compiler.build({ ...request, crateDir });
    assert.equal(basename(artefactPath), 'app.wasm');
  });

  it('without the target says so, with the toolchain that it concerns', async () => {
    const env = await lacking('toolchains', ['wasm32-wasip1', 'wasm32-wasip2']);
    const compiler = scratch.compiler(env);
    assert.ok(!(await compiler.toolchain(crateDir)).installedTargets.includes('wasm32-wasip2'));
    const error = await errorOf(compiler.build({ ...request, crateDir }));
    assert.equal(error.code, 'target-not-installed');
    assert.deepEqual(error.actions, [
      { kind: 'install-target', target: 'wasm32-wasip2', toolchain: 'stable-lacking' },
    ]);
    assert.equal(error.hint, 'Run: rustup target add wasm32-wasip2 --toolchain stable-lacking');
  });

  it('without wasip2 alone makes the component from wasip1, and says so', async () => {
    const env = await lacking('one/toolchains', ['wasm32-wasip2']);
    const compiler = scratch.compiler(env);
    const adapted = await compiler.build({ ...request, crateDir });
    assert.deepEqual([...adapted.wasm.subarray(4, 8)], [0x0d, 0, 1, 0]);
    assert.deepEqual([adapted.target, adapted.cargoTarget], ['wasm32-wasip2', 'wasm32-wasip1']);
    assert.match(adapted.notes.join('\n'), /^Built for wasm32-wasip1 and adapted into a component/);
    assert.deepEqual(Buffer.from(await readFile(adapted.artefactPath)), Buffer.from(adapted.wasm));
    const stripped = await compiler.build({ ...request, crateDir, optimise: true });
    assert.ok(stripped.wasm.length < adapted.wasm.length);
    const refused = await errorOf(compiler.build({ ...request, crateDir, adapt: false }));
    assert.equal(refused.code, 'target-not-installed');
  });

  it('keeps adapted components apart by the version of the adapter', async () => {
    const installed = createRequire(import.meta.url)
      .resolve('@bytecodealliance/jco')
      .split('dist')[0]!;
    const { version } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as {
      version: string;
    };
    assert.ok(`adapter of @bytecodealliance/jco ${version}`.startsWith(`${adapterName}.`));
  });

  it("without the target, and not rustup's, says that rustup can't add it", async () => {
    const env = await lacking('distribution', ['wasm32-wasip1']);
    const error = await errorOf(
      scratch.compiler(env).build({ ...request, target: 'wasm32-wasip1', crateDir }),
    );
    assert.equal(error.code, 'toolchain-not-rustup');
    assert.match(error.cause!, /distribution/);
  });

  it('without the target is also known by what rustc says, where cargo might have built the library', async () => {
    const env = await lacking('nightly/toolchains', ['wasm32-wasip1']);
    const withConfig = await scratch.write({
      'std/Cargo.toml': manifest('std-builder'),
      'std/src/main.rs': hello,
      'std/.cargo/config.toml': '[unstable]\nbuild-std = ["std", "panic_abort"]\n',
    });
    const error = await errorOf(
      scratch.compiler(env).build({ ...request, target: 'wasm32-wasip1', crateDir: withConfig }),
    );
    assert.equal(error.code, 'target-not-installed');
    assert.match(error.cause!, /E0463/);
  });

  it('of rust-toolchain.toml is the one that is asked', async function () {
    const { rustupToolchain } = await scratch.compiler().toolchain(crateDir);
    if (rustupToolchain === null) this.skip();
    const pinned = await scratch.write({
      'pinned/Cargo.toml': manifest('pinned'),
      'pinned/src/main.rs': hello,
      'pinned/rust-toolchain.toml': `[toolchain]\nchannel = "${rustupToolchain}"\n`,
    });
    // Another default, which only this file overrides.
    const rustupHome = await scratch.write({
      'rustup/settings.toml': 'version = "12"\ndefault_toolchain = "gone"\n',
    });
    await mkdir(join(rustupHome, 'toolchains'));
    await symlink(real, join(rustupHome, 'toolchains', rustupToolchain));
    const compiler = scratch.compiler({ RUSTUP_HOME: rustupHome, RUSTUP_TOOLCHAIN: undefined });
    assert.match((await compiler.toolchain(pinned)).rustcVersion, /^rustc /);
    assert.match((await errorOf(compiler.toolchain(crateDir))).cause!, /gone/);
  });

  describe('installTarget', () => {
    /** A cargo home whose rustup is a script, so that nothing is really installed. */
    const withRustup = async (text: string) => {
      const rustup = await script(join('fake rustup', 'rustup'), text);
      return scratch.compiler({ RUSTUP: rustup });
    };

    it('asks rustup, and passes its lines on', async () => {
      const said = scratch.path('said');
      const compiler = await withRustup(
        `echo "$@" > '${said}'; echo 'info: downloading component rust-std' >&2`,
      );
      const lines: string[] = [];
      await compiler.installTarget('wasm32-wasip2', 'stable-x', { onLine: (line) => lines.push(line) });
      assert.deepEqual(lines, ['info: downloading component rust-std']);
      assert.equal(await readFile(said, 'utf8'), 'target add wasm32-wasip2 --toolchain stable-x\n');
      await compiler.installTarget('wasm32-wasip1', null);
      assert.equal(await readFile(said, 'utf8'), 'target add wasm32-wasip1\n');
    });

    it('gives its words as the cause where it fails', async () => {
      const compiler = await withRustup("echo 'error: could not download file' >&2; exit 1");
      const error = await errorOf(compiler.installTarget('wasm32-wasip2', null));
      assert.equal(error.code, 'target-not-installed');
      assert.equal(error.cause, 'error: could not download file');
      assert.ok(error.hint);
    });

    it('ends rustup at the signal', async () => {
      const compiler = await withRustup('sleep 1000');
      const abort = new AbortController();
      const ended = errorOf(compiler.installTarget('wasm32-wasip2', null, {}, abort.signal));
      abort.abort();
      assert.equal((await ended).code, 'build-cancelled');
    });
  });
});
