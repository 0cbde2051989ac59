import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WasmOpt } from '../../../src/compiler/wasmOpt.ts';
import { errorOf, hello, manifest, Scratch, wasmOptPath } from './crates.ts';

/** Converts a number in a way that needs an instruction which the worker's flags don't name. */
const convertsFloats =
  'fn main() { let f: f64 = std::env::args().count() as f64 * 1.5; println!("{}", f as i32); }\n';

describe('optimised builds', () => {
  let scratch: Scratch;
  let crateDir: string;
  before(async () => {
    scratch = await Scratch.create();
    crateDir = await scratch.write({ 'app/Cargo.toml': manifest('app'), 'app/src/main.rs': convertsFloats });
  });
  after(() => scratch[Symbol.asyncDispose]());

  const p1 = { target: 'wasm32-wasip1', runnable: null, optimise: true } as const;
  const p2 = { ...p1, target: 'wasm32-wasip2' } as const;

  it("are wasm-opt's for a module: smaller, valid, and kept for the next time", async () => {
    const plain = await scratch.compiler().build({ ...p1, crateDir, optimise: false });
    const first = await scratch.compiler().build({ ...p1, crateDir });
    assert.deepEqual(first.optimised, {
      bytesBefore: plain.wasm.length,
      bytesAfter: first.wasm.length,
      optimiser: first.optimised?.optimiser,
    });
    assert.match(first.optimised.optimiser, /^wasm-opt version \d+/);
    assert.ok(first.wasm.length < plain.wasm.length);
    assert.ok(WebAssembly.validate(Buffer.from(first.wasm)));
    const sections = WebAssembly.Module.customSections(
      new WebAssembly.Module(Buffer.from(first.wasm)),
      'producers',
    );
    assert.equal(sections.length, 0);
    const again = await scratch.compiler().build({ ...p1, crateDir });
    assert.equal(again.artefactPath, first.artefactPath);
    assert.deepEqual(again.optimised, first.optimised);
    assert.ok(dirname(again.artefactPath).startsWith(scratch.path('cache')));
  });

  it('are stripped for a component', async () => {
    const plain = await scratch.compiler().build({ ...p2, crateDir, optimise: false });
    const { wasm, optimised, notes } = await scratch.compiler().build({ ...p2, crateDir });
    assert.ok(Buffer.from(plain.wasm).includes('producers'));
    assert.ok(!Buffer.from(wasm).includes('producers'));
    assert.deepEqual([optimised?.bytesBefore, optimised?.bytesAfter], [plain.wasm.length, wasm.length]);
    assert.deepEqual(notes, []);
  });

  it('say what to change where strip = true has dropped what wasm-opt goes by', async () => {
    const stripped = await scratch.write({
      'stripped/Cargo.toml': manifest('stripped', '[profile.release]\nstrip = true\n'),
      'stripped/src/main.rs': convertsFloats,
    });
    const error = await errorOf(scratch.compiler().build({ ...p1, crateDir: stripped }));
    assert.equal(error.code, 'optimise-failed');
    assert.match(error.cause!, /all used features should be allowed/);
    assert.match(error.hint!, /strip = "debuginfo"/);
    await scratch.write({
      'stripped/Cargo.toml': manifest('stripped', '[profile.release]\nstrip = "debuginfo"\n'),
    });
    assert.ok((await scratch.compiler().build({ ...p1, crateDir: stripped })).optimised);
  });

  it('work without a cache that can be written to, and say which file is on disk', async () => {
    const blocked = scratch.path('blocked');
    await writeFile(blocked, '');
    const { wasm, artefactPath, optimised, notes } = await scratch
      .compiler({}, blocked)
      .build({ ...p2, crateDir });
    assert.equal(wasm.length, optimised?.bytesAfter);
    assert.ok(artefactPath.startsWith(crateDir));
    assert.match(notes.join('\n'), /cache could not keep/);
  });

  it('say so where wasm-opt has no folder to work in, or is not there', async () => {
    const { TMPDIR, TEMP } = process.env;
    const { wasm } = await scratch.compiler().build({ ...p1, crateDir, optimise: false });
    const nowhere = scratch.path('no such folder');
    Object.assign(process.env, { TMPDIR: nowhere, TEMP: nowhere });
    try {
      const error = await errorOf(new WasmOpt(wasmOptPath).optimise(wasm, undefined));
      assert.equal(error.code, 'optimise-failed');
      assert.match(error.cause!, /ENOENT/);
      assert.match(error.hint!, /no such folder/);
    } finally {
      for (const [name, value] of Object.entries({ TMPDIR, TEMP })) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    }
    const lost = await errorOf(new WasmOpt(nowhere).version());
    assert.equal(lost.code, 'optimise-failed');
    assert.match(lost.cause!, /no such folder/);
  });

  it('end wasm-opt at the signal', async () => {
    const { wasm } = await scratch.compiler().build({ ...p1, crateDir, optimise: false });
    const abort = new AbortController();
    const ended = errorOf(new WasmOpt(wasmOptPath).optimise(wasm, abort.signal));
    abort.abort();
    assert.equal((await ended).code, 'build-cancelled');
  });

  it('are made anew after the cache was cleared', async () => {
    const compiler = scratch.compiler();
    const first = await compiler.build({ ...p2, crateDir });
    await compiler.clearCache();
    const second = await compiler.build({ ...p2, crateDir });
    assert.deepEqual(Buffer.from(first.wasm), Buffer.from(second.wasm));
  });

  it('warn of a program beyond what the worker takes', async () => {
    const large = await scratch.write({
      'large/Cargo.toml': manifest('large'),
      'large/src/main.rs':
        'static DATA: [u8; 11 << 20] = [7; 11 << 20];\nfn main() { println!("{:?}", std::hint::black_box(&DATA).last()); }\n',
    });
    const { notes } = await scratch.build({ crateDir: large });
    assert.match(
      notes.join('\n'),
      /^The program has 1\d\.\d MiB, and the OutLayer worker takes at most 10 MiB\.$/,
    );
    const { notes: none } = await scratch.build({
      crateDir: await scratch.write({ 'small/Cargo.toml': manifest('small'), 'small/src/main.rs': hello }),
    });
    assert.deepEqual(none, []);
  });
});
