// Measures how long a large program takes from the click on Run and Profile to its flame graph, in the packaged
// extension in a real VS Code. Writes milliseconds as JSON to the file that is its argument.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { coreSections, readCustomSections } from '../../src/wasm/coreModule.ts';
import { Vscode } from '../ui/vscode.ts';
import type { ProfileMeasures } from './measures.ts';
import { writeFiles } from '../writeFiles.ts';

const manifest = `[package]
name = "large"
version = "0.1.0"
edition = "2024"

[dependencies]
regex = "1"
serde_json = "1"
url = "2"

[workspace]
`;

/** A program of at least 1.5 MB without line tables, which uses 100 million fuel. */
const source = `use regex::{Regex, bytes};
use serde_json::Value;
use url::Url;

const ROUNDS: u32 = 8;

fn main() {
    let orders: Vec<String> = (0..900).map(order).collect();
    let date = Regex::new(r"(\\d{4})-(\\d{2})-(\\d{2})").unwrap();
    let tag = bytes::Regex::new(r"\\bb(\\w*)").unwrap();
    let mut days = 0;
    for _ in 0..ROUNDS {
        for order in &orders {
            days += day(&date, order) * tag.find_iter(order.as_bytes()).count() as u64;
        }
    }
    let about = Url::parse("https://orders.example/days").unwrap();
    println!("{about}: {days}");
}

fn order(n: u32) -> String {
    format!(r#"{{"id": {n}, "tags": ["a{}", "b"], "at": "2026-11-{:02}"}}"#, n % 7, n % 28 + 1)
}

fn day(date: &Regex, order: &str) -> u64 {
    let order: Value = serde_json::from_str(order).unwrap();
    let found = date.captures(order["at"].as_str().unwrap()).unwrap();
    found[3].parse().unwrap()
}
`;

/** To look in each of the page's frames would keep a processor busy that the profile needs. */
const lookEachMs = 25;
const target = 'wasm32-wasip1';
const [, , file = ''] = process.argv;
const folder = program();
const targetDir = join(dirname(folder), 'target');
process.env['CARGO_TARGET_DIR'] = targetDir;
let vscode: Vscode | undefined;
try {
  vscode = await Vscode.open({ folder, settings: { 'wasi-workbench.target': target } });
  writeFileSync(file, JSON.stringify(await measure(vscode)));
} finally {
  await vscode?.close();
  rmSync(dirname(folder), { recursive: true, force: true, maxRetries: 5 });
}

async function measure(vscode: Vscode): Promise<ProfileMeasures> {
  await vscode.openFile('src/main.rs');
  const lens = vscode.codeLens('Run and Profile').first();
  const frames = vscode.webview().locator('.flame-frame:visible');
  // The first click builds the program and starts the process that runs it.
  await lens.click({ timeout: 60_000 });
  await frames.first().waitFor({ timeout: 600_000 });
  const shownMs: number[] = [];
  for (let n = 0; n < 5; n++) {
    const drawn = vscode
      .webview()
      .locator('body')
      .evaluate(async (_, pauseMs) => {
        const isDrawn = () =>
          document.querySelector('.flame-frame:not([hidden])')?.checkVisibility() ?? false;
        const until = async (drawn: boolean) => {
          while (isDrawn() !== drawn) await new Promise((next) => setTimeout(next, pauseMs));
        };
        await until(false);
        await until(true);
        return Date.now();
      }, lookEachMs);
    const clicked = Date.now();
    await lens.click();
    shownMs.push((await drawn) - clicked);
  }
  const fuel = Number((await vscode.webview().locator('.used').innerText()).replaceAll(/\D/g, ''));
  return { shownMs, fuel, bytes: bytesWithoutLines() };
}

function bytesWithoutLines(): number {
  const wasm = readFileSync(join(targetDir, target, 'release', 'large.wasm'));
  const lines = readCustomSections(wasm, coreSections(wasm)).filter(({ name }) => name.startsWith('.debug_'));
  return lines.reduce((left, { start, end }) => left - (end - start), wasm.length);
}

function program(): string {
  const crate = join(mkdtempSync(join(tmpdir(), 'large-')), 'large');
  writeFiles(crate, { 'Cargo.toml': manifest, 'src/main.rs': source });
  return crate;
}
