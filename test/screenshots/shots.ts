import type { Vscode } from '../ui/vscode.ts';

/** A picture for the README, the documentation or the walkthrough, taken of the real editor. */
export interface Shot {
  /** Of its files: `media/screenshots/NAME-dark.png` and `NAME-light.png`. */
  readonly name: string;
  /** Brings what it shows before the camera, in a window that the shots before it have left. */
  readonly prepare: (vscode: Vscode) => Promise<void>;
}

/** A build on a busy machine. */
const slow = { timeout: 120_000 };

/** In the order in which they are taken. To add one is to add an entry, and the name of its files to a text. */
export const shots: readonly Shot[] = [
  {
    name: 'run',
    async prepare(vscode) {
      await vscode.runCommand('View: Close Primary Side Bar');
      await pressRun(vscode, 'src/main.rs');
      await vscode.webview().getByText('Succeeded').first().waitFor(slow);
      await vscode.codeLens('fuel').waitFor();
    },
  },
  {
    name: 'error',
    async prepare(vscode) {
      await pressRun(vscode, 'src/bin/orders.rs');
      await vscode.webview().getByText('The program panicked').first().waitFor(slow);
      await vscode.webview().getByRole('tab', { name: 'Error' }).click();
    },
  },
  {
    name: 'endless',
    async prepare(vscode) {
      await pressRun(vscode, 'src/bin/endless.rs');
      await vscode.webview().getByText('fuel', { exact: false }).first().waitFor(slow);
      await vscode.webview().getByRole('button', { name: 'Raise Limit…' }).first().waitFor(slow);
    },
  },
  {
    name: 'profile',
    async prepare(vscode) {
      await pressLens(vscode, 'Run and Profile', 'src/main.rs');
      await vscode.webview().locator('.flame-frame:visible').first().waitFor(slow);
      await vscode.runCommand('WASI: Toggle Fuel at Line Ends');
    },
  },
  {
    name: 'tests',
    async prepare(vscode) {
      await vscode.runCommand('View: Close All Editors');
      await vscode.openFile('.wasi-workbench/inputs.json');
      await vscode.runCommand('Testing: Focus on Test Explorer View');
      await vscode.runCommand('Test: Run All Tests');
      await vscode.page.locator('.codicon-testing-passed-icon').first().waitFor(slow);
      await vscode.runCommand('View: Hide Panel');
      await vscode.page.locator('.test-explorer .monaco-list-row').first().click();
      await vscode.page.keyboard.press('ArrowRight');
    },
  },
];

/** Opens a program beside what is left of the panel, and presses its lens. */
function pressRun(vscode: Vscode, path: string): Promise<void> {
  return pressLens(vscode, 'Run WASM', path);
}

async function pressLens(vscode: Vscode, lens: string, path: string): Promise<void> {
  const tab = vscode.page.locator('.tab', { hasText: '.rs' }).first();
  if ((await tab.count()) > 0) await tab.click();
  await vscode.openFile(path);
  await vscode.codeLens(lens).first().click({ timeout: 30_000 });
}
