import assert from 'node:assert/strict';
import { findTool } from '../../../src/compiler/findTool.ts';

describe('findTool', () => {
  const having =
    (...paths: string[]) =>
    (path: string) =>
      paths.includes(path);

  it('prefers the variable, then PATH, then CARGO_HOME, then the home folder', () => {
    const env = {
      CARGO: '/opt/cargo',
      PATH: '/bin:/rust/bin',
      CARGO_HOME: '/home/a/rust home',
      HOME: '/home/a',
    };
    const places = [
      '/opt/cargo',
      '/rust/bin/cargo',
      '/home/a/rust home/bin/cargo',
      '/home/a/.cargo/bin/cargo',
    ];
    for (let i = 0; i < places.length; i++) {
      const isExecutable = having(...places.slice(i));
      assert.equal(findTool('cargo', { env, platform: 'linux', isExecutable }), places[i]);
    }
    assert.equal(findTool('cargo', { env, platform: 'linux', isExecutable: having() }), null);
  });

  it('prefers the folder of another tool to PATH, so that both are of one toolchain', () => {
    const env = { PATH: '/usr/bin' };
    const isExecutable = having('/usr/bin/rustc', '/rust/bin/rustc');
    const beside = '/rust/bin/cargo';
    assert.equal(findTool('rustc', { env, beside, platform: 'linux', isExecutable }), '/rust/bin/rustc');
    assert.equal(findTool('rustc', { env, platform: 'linux', isExecutable }), '/usr/bin/rustc');
  });

  it("finds Homebrew's where an editor on macOS was started from the dock", () => {
    const env = { PATH: '/usr/bin:/bin', HOME: '/Users/a' };
    const path = '/opt/homebrew/opt/rustup/bin/cargo';
    assert.equal(findTool('cargo', { env, platform: 'darwin', isExecutable: having(path) }), path);
  });

  it('looks for .exe on Windows, whatever the case of Path', () => {
    const env = { Path: 'C:\\Windows;D:\\Rust Tools', USERPROFILE: 'C:\\Users\\Jörg' };
    const onPath = 'D:\\Rust Tools\\cargo.exe';
    const atHome = 'C:\\Users\\Jörg\\.cargo\\bin\\cargo.exe';
    assert.equal(findTool('cargo', { env, platform: 'win32', isExecutable: having(onPath, atHome) }), onPath);
    assert.equal(findTool('cargo', { env, platform: 'win32', isExecutable: having(atHome) }), atHome);
  });

  it('takes nothing from the current folder: relative entries of PATH are passed over', () => {
    const env = { CARGO: 'cargo', PATH: '.:bin', HOME: '/home/a' };
    const isExecutable = (path: string) => !path.startsWith('/usr') && !path.startsWith('/opt');
    assert.equal(findTool('cargo', { env, platform: 'linux', isExecutable }), '/home/a/.cargo/bin/cargo');
  });
});
