import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { crateWith, planOf, workbench } from './support.ts';

describe('the price of a run', () => {
  it("is by the settings' constants, from the next run on", async () => {
    const api = await workbench();
    const crateDir = crateWith('priced', 'fn main() {\n    println!("1");\n}\n');
    const settings = vscode.workspace.getConfiguration('wasi-workbench', vscode.Uri.file(crateDir));
    const price = async (outlayer: object | undefined): Promise<number> => {
      await settings.update('outlayer', outlayer, vscode.ConfigurationTarget.Workspace);
      const { error, result } = await api.run(planOf(crateDir, 'priced'));
      assert.equal(error, null);
      return result!.worker.price.microUsd;
    };
    const initial = await price(undefined);
    const dearer = await price({ price: { https: { base: 5_000_000 } } });
    assert.ok(dearer >= 5_000_000 && initial < 5_000_000, `${initial}, ${dearer}`);
    assert.ok((await price(undefined)) < 5_000_000);
  });
});
