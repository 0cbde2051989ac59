import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Vscode } from './vscode.ts';
import { writeFiles } from '../writeFiles.ts';

/** A build on a busy machine. */
const slow = { timeout: 120_000 };

/** Sources below `vendor` are a dependency's. */
const files: Readonly<Record<string, string>> = {
  'Cargo.toml': `[package]
name = "failing"
version = "0.1.0"
edition = "2021"

[dependencies]
orders = { path = "vendor/orders" }

[workspace]
`,
  'src/main.rs': `fn main() {
    println!("{}", total(&[1, 2, 3]));
}

#[inline(never)]
fn total(ids: &[u32]) -> u32 {
    ids.iter()
        .map(|id| {
            orders::price(*id)
        })
        .sum()
}
`,
  'src/bin/endless.rs': `fn main() {
    let mut n = 1_u64;
    loop {
        n = std::hint::black_box(n) + 2;
        if n % 2 == 0 { break; }
    }
    println!("{n}");
}
`,
  'vendor/orders/Cargo.toml': '[package]\nname = "orders"\nversion = "0.1.0"\nedition = "2021"\n',
  'vendor/orders/src/lib.rs': `#[inline(never)]
pub fn price(id: u32) -> u32 {
    find(id) * 2
}

#[inline(never)]
fn find(id: u32) -> u32 {
    if std::hint::black_box(id) == 3 {
        panic!("there is no order {id}");
    }
    id
}
`,
};

/** What a run that failed tells of the source. */
describe('a run that fails', () => {
  let original: string;
  let vscode: Vscode;
  before(async () => {
    original = join(mkdtempSync(join(tmpdir(), 'failures ')), 'failing');
    writeFiles(original, files);
    const settings = {
      'editor.minimap.enabled': false,
      'wasi-workbench.limits.maxInstructions': Number.MAX_SAFE_INTEGER,
      'wasi-workbench.limits.maxExecutionSeconds': 2,
    };
    vscode = await Vscode.open({ folder: original, settings });
  });
  after(async () => {
    await vscode.close();
    rmSync(dirname(original), { recursive: true });
  });

  const status = () => vscode.webview().getByRole('region', { name: 'Result' });
  const error = () => vscode.webview().getByRole('region', { name: 'Error', exact: true });
  const withLines = () => status().getByRole('button', { name: 'Show Backtrace with Lines' });
  const tab = (name: string) => vscode.webview().getByRole('tab', { name });
  const problem = (text: string, place: string) =>
    vscode.page
      .locator('.markers-panel .monaco-list-row', { hasText: text })
      .filter({ hasText: place })
      .first();

  async function run(path: string): Promise<void> {
    const source = vscode.page.locator('.tab', { hasText: '.rs' }).first();
    if ((await source.count()) > 0) await source.click();
    await vscode.openFile(path);
    await vscode.codeLens('Run WASM').first().click(slow);
  }

  it('names the functions of a panic in a dependency', async () => {
    await run('src/main.rs');
    await status().getByText('there is no order 3').first().waitFor(slow);
    await tab('Error').click();
    const names = await error().locator('.frames').first().innerText();
    assert.match(names, /orders::find[^]*failing::total/);
    assert.doesNotMatch(names, /main\.rs/, 'without line tables');
  });

  it('has its lines in a build with line tables, one click away: inlined frames, and others’ folded', async () => {
    await withLines().click();
    const own = error().getByRole('button', { name: /src[\\/]main\.rs:\d+:\d+$/ });
    await own.first().waitFor(slow);
    await status().getByText('Look at failing/src/main.rs:9, which led there.').waitFor();
    assert.equal(await tab('Error').getAttribute('aria-selected'), 'true');
    const places = await own.allInnerTexts();
    const lines = places.map((text) => Number(/:(\d+):\d+$/.exec(text)![1]));
    // The closure is inlined in what called it, which the library inlined in `total`.
    assert.deepEqual([lines[0], lines.at(-1)], [9, 2]);
    assert.match(await error().innerText(), /\{closure#0\}\s+src[\\/]main\.rs:9:13[^]*failing::total/);
    const folded = error().locator('details').first();
    assert.equal(await folded.locator('summary').innerText(), '2 frames of orders');
    assert.equal(await folded.locator('ol').isVisible(), false);
    await folded.locator('summary').click();
    await folded.getByText('orders::find').waitFor();
    // The panic names its file otherwise than line tables do.
    assert.deepEqual(
      (await folded.getByRole('button').allInnerTexts()).map((text) => text.replace(/:\d+$/, '')),
      ['orders/src/lib.rs:9', 'orders/src/lib.rs:3'],
    );
    await vscode.screenshot('failure-panic');
    await own.first().click();
    await vscode.page.getByText('Ln 9, Col 13').waitFor();
  });

  it('is a problem at the first frame of the user’s own, in the words of the panic', async () => {
    await vscode.runCommand('Problems: Focus on Problems View');
    await problem('there is no order 3', '[Ln 9, Col 13]').waitFor(slow);
    await vscode.screenshot('failure-problem');
  });

  it('tells where it was when its time was up, and at which line', async () => {
    await run('src/bin/endless.rs');
    await status().getByText('The program did not end within 2 seconds.').waitFor(slow);
    await tab('Error').click();
    await error().getByText('endless::main').waitFor();
    await withLines().click();
    const own = error().getByRole('button', { name: /endless\.rs:[345]:\d+$/ });
    await own.first().waitFor(slow);
    await status()
      .getByText(/it was at .*endless\.rs:[345]\.$/)
      .waitFor();
    await problem('did not end within 2 seconds', '[Ln ').waitFor(slow);
    await vscode.screenshot('failure-time');
  });

  it('tells where its fuel went until then, where it is profiled', async () => {
    await status().getByRole('button', { name: 'Profile', exact: true }).click();
    await status()
      .getByText(/mend .*endless\.rs:[345], where \d+ % of the fuel went/)
      .waitFor(slow);
    await tab('Fuel').click();
    await vscode.webview().locator('.flame-frame:visible').first().waitFor();
  });
});
