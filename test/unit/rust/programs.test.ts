import assert from 'node:assert/strict';
import { join, relative, resolve, sep } from 'node:path';
import { parseManifest } from '../../../src/rust/manifest.ts';
import { programOfFile, programsOfPackage } from '../../../src/rust/programs.ts';

const root = resolve('/work space/käse');
const edition = 'edition = "2024"';
const plain = `[package]\nname = "app"\n${edition}`;

/** `kind name package folder` of a file in a tree of files, or null. */
async function programOf(path: string, manifests: Record<string, string>): Promise<string | null> {
  const texts = new Map(Object.entries(manifests).map(([file, text]) => [join(root, file), text]));
  const program = await programOfFile(join(root, path), (file) => Promise.resolve(texts.get(file)));
  return (
    program && `${program.kind} ${program.name} ${program.package} ${program.crateDir.slice(root.length)}`
  );
}

describe('programOfFile', () => {
  const discovered: [path: string, program: string | null][] = [
    ['src/main.rs', 'bin app app '],
    ['src/bin/tool.rs', 'bin tool app '],
    ['src/bin/tool/main.rs', 'bin tool app '],
    ['src/bin/tool/helper.rs', null],
    ['examples/demo.rs', 'example demo app '],
    ['examples/demo/main.rs', 'example demo app '],
    ['src/lib.rs', null],
    ['src/inner/main.rs', null],
    ['build.rs', null],
    ['tests/main.rs', null],
    ['benches/main.rs', null],
    ['main.rs', null],
  ];
  for (const [path, program] of discovered) {
    it(`takes ${path} for ${program ?? 'no program'}`, async () => {
      assert.equal(await programOf(path, { 'Cargo.toml': plain }), program);
    });
  }

  it('takes the name of a [[bin]] from its path, also with backslashes', async () => {
    const manifest = `${plain}\n[[bin]]\nname = "renamed"\npath = 'tools\\run.rs'`;
    assert.equal(await programOf('tools/run.rs', { 'Cargo.toml': manifest }), 'bin renamed app ');
  });

  it('lets a [[bin]] rename src/main.rs', async () => {
    const manifest = `${plain}\n[[bin]]\nname = "renamed"\npath = "./src/main.rs"`;
    assert.equal(await programOf('src/main.rs', { 'Cargo.toml': manifest }), 'bin renamed app ');
  });

  it('infers the path of a [[bin]] and of an [[example]] without one', async () => {
    const manifest = `${plain}\nautobins = false\nautoexamples = false\n[[bin]]\nname = "app"\n[[example]]\nname = "e"`;
    assert.equal(await programOf('src/main.rs', { 'Cargo.toml': manifest }), 'bin app app ');
    assert.equal(await programOf('examples/e/main.rs', { 'Cargo.toml': manifest }), 'example e app ');
    assert.equal(await programOf('src/bin/other.rs', { 'Cargo.toml': manifest }), null);
    assert.equal(await programOf('examples/other.rs', { 'Cargo.toml': manifest }), null);
  });

  it('follows edition 2015, whose explicit bins turn discovery off', async () => {
    const manifest = '[package]\nname = "old"\n[[bin]]\nname = "one"\npath = "src/one.rs"';
    assert.equal(await programOf('src/main.rs', { 'Cargo.toml': manifest }), null);
    assert.equal(await programOf('src/one.rs', { 'Cargo.toml': manifest }), 'bin one old ');
  });

  it('takes the nearest package of a workspace', async () => {
    const manifests = { 'Cargo.toml': '[workspace]\nmembers = ["a"]', 'a/Cargo.toml': plain };
    assert.equal(await programOf('a/src/main.rs', manifests), `bin app app ${join('/', 'a')}`);
  });

  it('finds none under a virtual manifest, a broken one, or none at all', async () => {
    assert.equal(await programOf('src/main.rs', { 'Cargo.toml': '[workspace]' }), null);
    assert.equal(await programOf('src/main.rs', { 'Cargo.toml': '[package\nname' }), null);
    assert.equal(await programOf('src/main.rs', {}), null);
  });

  it('survives a manifest of the wrong shapes', async () => {
    const manifest = 'bin = 3\nexample = ["x"]\n[package]\nname = 7';
    assert.equal(await programOf('src/main.rs', { 'Cargo.toml': manifest }), null);
  });
});

/** `kind name` of all that a package with these files can run. */
async function programsOf(text: string, files: readonly string[]): Promise<string[]> {
  const listFolder = (folder: string) => {
    const inside = files
      .map((file) => relative(folder, join(root, file)).split(sep))
      .filter(([first]) => first !== '..');
    return Promise.resolve([...new Set(inside.map(([first]) => first!))]);
  };
  const programs = await programsOfPackage(root, parseManifest(text)!, listFolder);
  return programs.map((program) => {
    assert.deepEqual([program.package, program.crateDir], ['app', root]);
    return `${program.kind} ${program.name}`;
  });
}

describe('programsOfPackage', () => {
  it('finds what cargo discovers, and no more', async () => {
    const files = [
      'examples/demo.rs',
      'examples/large/main.rs',
      'examples/data/values.json',
      'src/bin/tool.rs',
      'src/bin/nested/main.rs',
      'src/bin/nested/helper.rs',
      'src/bin/notes.md',
      'src/lib.rs',
      'src/main.rs',
      'tests/main.rs',
      'build.rs',
    ];
    assert.deepEqual(await programsOf(plain, files), [
      'bin app',
      'bin nested',
      'bin tool',
      'example demo',
      'example large',
    ]);
    assert.deepEqual(await programsOf(plain, ['src/lib.rs']), []);
  });

  it('takes each file once, under the name that the manifest gives it', async () => {
    const manifest = `${plain}
[[bin]]
name = "renamed"
path = "src/main.rs"
[[bin]]
name = "far"
path = './tools\\run.rs'
[[bin]]
name = "missing"
path = "none.rs"
[[example]]
name = "demo"
[[example]]
name = "part"
crate-type = ["rlib"]
[[example]]
name = "module"
crate-type = ["cdylib"]`;
    const files = [
      'src/main.rs',
      'tools/run.rs',
      'examples/demo.rs',
      'examples/part.rs',
      'examples/module.rs',
    ];
    const expected = ['bin far', 'bin renamed', 'example demo', 'example module'];
    assert.deepEqual(await programsOf(manifest, files), expected);
    const explicit = manifest.replace(edition, `${edition}\nautobins = false\nautoexamples = false`);
    assert.deepEqual(
      await programsOf(explicit, [...files, 'src/bin/other.rs', 'examples/other.rs']),
      expected,
    );
  });

  it('takes a cdylib by its crate name, beside bins or alone', async () => {
    const lib = `${plain}\n[lib]\ncrate-type = ["cdylib", "rlib"]`;
    assert.deepEqual(await programsOf(lib, ['src/lib.rs', 'src/main.rs']), ['bin app', 'cdylib app']);
    assert.deepEqual(await programsOf(`${lib}\nname = "other"`, ['src/lib.rs']), ['cdylib other']);
    assert.equal(
      parseManifest(lib.replace('"app"', '"my-app"').replace('crate-type', 'crate_type'))!.cdylib,
      'my_app',
    );
    assert.deepEqual(await programsOf(`${plain}\n[lib]\ncrate-type = ["rlib"]`, ['src/lib.rs']), []);
  });

  it('finds none of a virtual manifest, but those of a package that is the root of a workspace', async () => {
    assert.deepEqual(await programsOf('[workspace]\nmembers = ["a"]', ['src/main.rs']), []);
    assert.deepEqual(await programsOf(`[workspace]\n${plain}`, ['src/main.rs']), ['bin app']);
  });
});
