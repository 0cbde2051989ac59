import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Metadata, Package, PackageTarget } from '../../../src/compiler/metadata.ts';
import { chooseRunnable, listRunnables } from '../../../src/compiler/runnables.ts';
import { WorkbenchError } from '../../../src/shared/workbenchError.ts';

const root = join(import.meta.dirname, 'no such workspace');
const at = (folder: string) => (folder === '' ? root : join(root, folder));

const bin = (name: string): PackageTarget => target(name, ['bin'], ['bin']);
const cdylib = (name: string): PackageTarget => target(name, ['cdylib', 'rlib'], ['cdylib', 'rlib']);
const example = (name: string, crateType = 'bin'): PackageTarget => target(name, ['example'], [crateType]);

function target(name: string, kind: string[], crate_types: string[]): PackageTarget {
  return { name, kind, crate_types, src_path: join(root, `${name}.rs`) };
}

function pack(
  name: string,
  folder: string,
  targets: PackageTarget[],
  default_run: string | null = null,
): Package {
  const manifest_path = join(at(folder), 'Cargo.toml');
  return { id: `id of ${name}`, name, version: '0.1.0', manifest_path, default_run, targets, metadata: null };
}

function workspace(packages: Package[], defaults: string[]): Metadata {
  return {
    packages,
    workspace_members: packages.map(({ id }) => id),
    workspace_default_members: defaults.map((name) => `id of ${name}`),
    workspace_root: root,
    target_directory: join(root, 'target'),
  };
}

const named = (kind: 'bin' | 'example' | 'cdylib', name: string, owner: string | null = null) => ({
  kind,
  name,
  package: owner,
});

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly names: readonly string[];
}

function refusal(choose: () => unknown): Refusal {
  try {
    choose();
  } catch (error) {
    assert.ok(error instanceof WorkbenchError);
    const { code, message, hint, actions } = error.value;
    return {
      code,
      message,
      hint,
      names: actions.flatMap((action) => (action.kind === 'choose-binary' ? action.names : [])),
    };
  }
  return assert.fail('chose one');
}

describe('runnables', () => {
  const app = pack('app', 'app', [example('demo'), bin('app'), bin('tool'), target('it', ['test'], ['bin'])]);
  const lib = pack('lib', 'lib', [cdylib('my_lib'), example('plugin', 'cdylib'), example('part', 'rlib')]);
  const other = pack('other', 'other', [bin('tool')]);
  const all = workspace([lib, app, other], ['app']);
  const show = (folder: string) =>
    listRunnables(all, at(folder)).map((r) => `${r.package} ${r.kind} ${r.name}`);

  it('lists every member of the root, default members first, bins before examples before cdylibs', () => {
    assert.deepEqual(show(''), [
      'app bin app',
      'app bin tool',
      'app example demo',
      'lib example plugin',
      'lib cdylib my_lib',
      'other bin tool',
    ]);
  });

  it("lists a member folder's own only, and nothing of a folder that is no member", () => {
    assert.deepEqual(show('other'), ['other bin tool']);
    assert.deepEqual(show('elsewhere'), []);
  });

  it('finds a name in any member, and prefers the default one where two have it', () => {
    assert.equal(chooseRunnable(all, root, named('bin', 'app')).package, 'app');
    assert.equal(chooseRunnable(all, root, named('bin', 'tool')).package, 'app');
    assert.equal(chooseRunnable(all, root, named('bin', 'tool', 'other')).package, 'other');
    assert.equal(chooseRunnable(all, root, named('example', 'plugin')).package, 'lib');
    assert.equal(chooseRunnable(all, root, named('cdylib', 'my-lib')).name, 'my_lib');
  });

  it('names those there are where the wanted one is not', () => {
    const { code, names } = refusal(() => chooseRunnable(all, root, named('bin', 'ap')));
    assert.equal(code, 'no-binary');
    assert.deepEqual(names, ['app', 'app/tool', 'demo', 'plugin', 'my_lib', 'other/tool']);
  });

  it('offers those of the kind that was asked for, and says where there is none', () => {
    const hint = (of: Metadata, kind: 'bin' | 'example') =>
      refusal(() => chooseRunnable(of, root, named(kind, 'x'))).hint;
    assert.equal(hint(all, 'example'), 'Choose one that exists: demo, plugin.');
    const lone = workspace([pack('one', '', [bin('one')])], ['one']);
    assert.equal(hint(lone, 'example'), 'There is none; what the crate has to run: one.');
  });

  it('asks where several could be meant, and follows default-run', () => {
    const { code, names } = refusal(() => chooseRunnable(all, root, null));
    assert.equal(code, 'several-binaries');
    assert.deepEqual(names, ['app', 'tool']);
    const alone = workspace([pack('app', '', [bin('one'), bin('two')])], ['app']);
    const { message, hint } = refusal(() => chooseRunnable(alone, root, null));
    assert.match(`${message} ${hint}`, /^This crate has .* or name it as default-run under \[package\]/);
    const two = workspace([pack('a', 'a', [bin('a')]), pack('b', 'b', [bin('b')])], ['a', 'b']);
    const members = refusal(() => chooseRunnable(two, root, null));
    assert.match(
      `${members.message} ${members.hint}`,
      /^This workspace has .* or take the folder of its package/,
    );
    const decided = workspace([{ ...app, default_run: 'tool' }], ['app']);
    assert.equal(chooseRunnable(decided, root, null).name, 'tool');
  });

  it('takes the only one: a bin before a cdylib before an example', () => {
    const one = (targets: PackageTarget[]) =>
      chooseRunnable(workspace([pack('one', '', targets)], ['one']), root, null).kind;
    assert.equal(one([example('e'), cdylib('c'), bin('b')]), 'bin');
    assert.equal(one([example('e'), cdylib('c')]), 'cdylib');
    assert.equal(one([example('e'), target('one', ['lib'], ['lib'])]), 'example');
  });

  it('looks beyond default members that have nothing to run', () => {
    const lean = workspace([pack('lib', 'lib', [target('lib', ['lib'], ['lib'])]), other], ['lib']);
    assert.equal(chooseRunnable(lean, root, null).package, 'other');
  });

  it('refuses a library alone', () => {
    const only = workspace([pack('lib', '', [target('lib', ['lib'], ['lib'])])], ['lib']);
    assert.deepEqual(refusal(() => chooseRunnable(only, root, null)).code, 'no-binary');
  });

  it('without workspace_default_members, which cargo before 1.71 leaves out, knows them too', () => {
    const { workspace_default_members, ...old } = all;
    assert.deepEqual(workspace_default_members, ['id of app']);
    assert.equal(chooseRunnable({ ...old, packages: [other] }, root, null).package, 'other');
    const rooted = { ...old, packages: [pack('top', '', [bin('top')]), other] };
    assert.equal(chooseRunnable(rooted, root, null).package, 'top');
  });
});
