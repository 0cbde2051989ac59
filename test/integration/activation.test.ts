import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/editor/manifest/commands.ts';
import { lensesOf, workbench, workspaceFolder } from './support.ts';

describe('activation', () => {
  it('is quick, and loads no service', async () => {
    const { activationMs, loadedServices } = await workbench();
    assert.ok(activationMs < 50, `activate took ${activationMs} ms`);
    assert.deepEqual(loadedServices(), []);
  });

  it('registers every command', async () => {
    await workbench();
    const known = await vscode.commands.getCommands(true);
    for (const { id } of Object.values(commands)) assert.ok(known.includes(id), id);
  });

  it('loads the parser for a Rust file, and still neither the compiler nor the executor', async () => {
    const { loadedServices } = await workbench();
    const lenses = await lensesOf(join(workspaceFolder(), 'price-feed', 'src', 'main.rs'));
    assert.ok(lenses.length > 0);
    assert.deepEqual(loadedServices(), ['rustParser']);
  });
});
