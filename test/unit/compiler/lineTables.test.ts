import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineTablesEnvironment } from '../../../src/compiler/lineTables.ts';
import { writeFiles } from '../../writeFiles.ts';

describe('The environment of a build with line tables', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lines '))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const flags = '-Cdebuginfo=line-tables-only -Cstrip=none';
  const ofProfile = {
    CARGO_PROFILE_MY_OWN_DEBUG: 'line-tables-only',
    CARGO_PROFILE_MY_OWN_STRIP: 'none',
  };
  const environment = (
    env: Record<string, string> = {},
    extraArgs: string[] = [],
    cargo = 'cargo 1.95.0 (f2d)',
  ) => {
    const request = { crateDir: join(folder, 'crate'), target: 'wasm32-wasip1', runnable: null } as const;
    const home = { CARGO_HOME: join(folder, 'home'), ...env };
    return lineTablesEnvironment({ ...request, profile: 'my-own', extraArgs }, home, cargo);
  };

  it('has flags, after those that it has already', async () => {
    assert.deepEqual(await environment(), { RUSTFLAGS: flags });
    assert.deepEqual(await environment({ RUSTFLAGS: '-C opt-level=s ' }), {
      RUSTFLAGS: `-C opt-level=s ${flags}`,
    });
    assert.deepEqual(await environment({ RUSTFLAGS: '-g', CARGO_ENCODED_RUSTFLAGS: '-C\x1fa=b c' }), {
      CARGO_ENCODED_RUSTFLAGS: `-C\x1fa=b c\x1f${flags.replace(' ', '\x1f')}`,
    });
  });

  it('leaves flags that are configured where they are, and has the settings of the profile', async () => {
    assert.deepEqual(await environment({ CARGO_TARGET_WASM32_WASIP1_RUSTFLAGS: '-g' }), ofProfile);
    assert.deepEqual(await environment({}, ['--config', 'build.rustflags=["-g"]']), ofProfile);
    assert.deepEqual(await environment({}, ['--config=more.toml']), ofProfile);
    for (const path of ['crate/.cargo/config.toml', '.cargo/config', 'home/config.toml']) {
      writeFiles(folder, { [path]: '[build]\nrustflags = ["-g"]\n' });
      assert.deepEqual(await environment(), ofProfile, path);
      rmSync(join(folder, path));
    }
    assert.deepEqual(await environment(), { RUSTFLAGS: flags });
  });

  it('has the settings of the profile for a cargo that would build everything again for each change of flags', async () => {
    assert.deepEqual(await environment({}, [], 'cargo 1.84.1 (66221abde 2024-11-19)'), ofProfile);
    assert.deepEqual(await environment({}, [], 'cargo 1.85.0 (d73d2caf9 2024-12-31)'), { RUSTFLAGS: flags });
  });
});
