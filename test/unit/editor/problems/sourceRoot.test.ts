import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveSource } from '../../../../src/editor/problems/sourceRoot.ts';
import { writeFiles } from '../../../writeFiles.ts';

describe('resolveSource', () => {
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'wörk space '));
    const files: Record<string, string> = {
      'Cargo.toml': '[workspace]\nmembers = ["a"]\n[package]\nname = "root"',
      'src/main.rs': '',
      'a/Cargo.toml': '[package]\nname = "a"',
      'a/src/main.rs': '',
      'a/src/only.rs': '',
    };
    writeFiles(root, files);
  });
  after(() => rmSync(root, { recursive: true }));

  const readText = (path: string) => {
    try {
      return Promise.resolve(readFileSync(path, 'utf8'));
    } catch {
      return Promise.resolve(undefined);
    }
  };
  const resolved = async (file: string, manifest: string) =>
    (await resolveSource(file, join(root, manifest), readText)).slice(root.length + 1);

  it("reads a member's path from the workspace's root", async () => {
    assert.equal(
      await resolved(join('a', 'src', 'main.rs'), join('a', 'Cargo.toml')),
      join('a', 'src', 'main.rs'),
    );
    assert.equal(await resolved(join('src', 'main.rs'), 'Cargo.toml'), join('src', 'main.rs'));
  });

  it("falls back to the package's own folder", async () => {
    assert.equal(
      await resolved(join('src', 'only.rs'), join('a', 'Cargo.toml')),
      join('a', 'src', 'only.rs'),
    );
  });

  it('leaves an absolute path alone', async () => {
    const path = join(root, 'elsewhere.rs');
    assert.equal(await resolveSource(path, join(root, 'Cargo.toml'), readText), path);
  });
});
