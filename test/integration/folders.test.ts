import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { WorkbenchApi } from '../../src/editor/workbenchApi.ts';
import { decodeUtf8 } from '../../src/shared/text.ts';
import { cargoToml, folderWith, planOf, workbench } from './support.ts';

const main = `use std::fs;
fn main() {
    println!("{:?}", fs::read_to_string("/data/note.txt").ok());
    println!("{:?}", fs::read_to_string("/data/../secret.txt").ok());
    println!("{:?}", fs::write("/data/made.txt", "made").is_ok());
    println!("{:?}", fs::write("/scratch/made.txt", "made").is_ok());
}
`;

describe('folders of the settings', () => {
  let api: WorkbenchApi;
  before(async () => {
    api = await workbench();
  });

  it('are what a program sees, as they may be used, and nothing else', async () => {
    const crateDir = folderWith('folders', {
      'Cargo.toml': cargoToml('folders'),
      'src/main.rs': main,
      'data/note.txt': 'a note',
      'secret.txt': 'a secret',
    });
    const settings = vscode.workspace.getConfiguration('wasi-workbench', vscode.Uri.file(crateDir));
    const lines = async (folders: readonly object[] | undefined): Promise<string[]> => {
      await settings.update('folders', folders, vscode.ConfigurationTarget.Workspace);
      const { result, error } = await api.run(planOf(crateDir, 'folders'));
      assert.equal(error, null);
      return decodeUtf8(result!.output).trimEnd().split('\n');
    };
    const data = { host: join(crateDir, 'data'), guest: '/data' };
    try {
      assert.deepEqual(await lines([data]), ['Some("a note")', 'None', 'false', 'false']);
      assert.equal(existsSync(join(crateDir, 'data', 'made.txt')), false);
      const writable = { ...data, writable: true };
      assert.deepEqual(await lines([writable]), ['Some("a note")', 'None', 'true', 'false']);
      assert.equal(readFileSync(join(crateDir, 'data', 'made.txt'), 'utf8'), 'made');
    } finally {
      assert.deepEqual(await lines(undefined), ['None', 'None', 'false', 'false']);
    }
  });
});
