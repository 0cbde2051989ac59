// Takes the pictures of `shots.ts` in light and dark, of the packaged extension in a real VS Code. Names as arguments
// take those alone, with all that stand before them left out.
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../../scripts/lib/places.mjs';
import { Vscode } from '../ui/vscode.ts';
import { writeFiles } from '../writeFiles.ts';
import { shots } from './shots.ts';

const orders = `//! Adds up the prices of orders.

fn main() {
    let orders = ["apples 3.20", "pears 2.80", "plums"];
    let total: f64 = orders.iter().map(|order| price(order)).sum();
    println!("{total:.2}");
}

fn price(order: &str) -> f64 {
    let (_, price) = order.split_once(' ').expect("an order has a price");
    price.parse().unwrap()
}
`;

const endless = `//! Searches for a number that is not there.

fn main() {
    let mut n = 1_u64;
    while n % 2 == 1 {
        n = n.wrapping_add(2);
    }
    println!("{n} is even");
}
`;

const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern' } as const;

const wanted = process.argv.slice(2);
const chosen = wanted.length === 0 ? shots : shots.filter(({ name }) => wanted.includes(name));
const folder = programs();
try {
  for (const [theme, colorTheme] of Object.entries(themes)) await take(theme, colorTheme);
} finally {
  rmSync(dirname(folder), { recursive: true });
}

async function take(theme: string, colorTheme: string): Promise<void> {
  const settings = {
    'workbench.colorTheme': colorTheme,
    'window.autoDetectColorScheme': false,
    'workbench.layoutControl.enabled': false,
    'window.commandCenter': false,
    'editor.minimap.enabled': false,
    'editor.fontSize': 13,
    'explorer.autoReveal': false,
    'explorer.compactFolders': false,
    'outline.showFiles': false,
  };
  const vscode = await Vscode.open({ folder, settings, viewport: { width: 1280, height: 800 } });
  try {
    for (const { name, prepare } of chosen) {
      process.stderr.write(`• ${name} (${theme})\n`);
      await prepare(vscode);
      await vscode.runCommand('Notifications: Clear All Notifications');
      // What fades in or blinks has come to rest.
      await vscode.page.waitForTimeout(1000);
      await vscode.page.screenshot({ path: join(root, 'media', 'screenshots', `${name}-${theme}.png`) });
    }
  } finally {
    await vscode.close();
  }
}

/** The sample program, with two that fail beside it. */
function programs(): string {
  const crate = join(mkdtempSync(join(tmpdir(), 'shots-')), 'first-steps');
  cpSync(join(root, 'media', 'sample'), crate, { recursive: true });
  // The cases are of the sample itself, and of no program beside it.
  const cases = readFileSync(join(crate, 'inputs.json'), 'utf8');
  writeFiles(crate, {
    '.wasi-workbench/inputs.json': cases.replaceAll(/^( +)"stdin"/gm, '$1"bin": "first-steps",\n$&'),
    'src/bin/orders.rs': orders,
    'src/bin/endless.rs': endless,
  });
  for (const moved of ['inputs.json', 'gitignore']) rmSync(join(crate, moved));
  return crate;
}
