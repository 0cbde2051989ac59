// `npm run measure:editor`: what the extension costs an editor that has a workspace of 500 crates open: how long its
// activation blocks, how soon lenses stand, and the memory at rest of all its processes beyond the editor's own; and how
// long a large program takes from the click on Run and Profile to its flame graph. `npm run measure:editor -- profile`
// measures the last alone.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { run } from './lib/command.mjs';
import { runInServer } from './lib/extensionHost.mjs';
import { provide } from './lib/needs.mjs';
import { underNode24 } from './lib/node24.mjs';
import { ensurePackages } from './lib/npm.mjs';
import { root, vsixPath } from './lib/places.mjs';
import { StepError, say, script } from './lib/steps.mjs';

const crates = 500;
const bundled = join(root, 'out', 'measure');

await script(async () => {
  await underNode24(import.meta.url);
  await ensurePackages();
  if (process.platform !== 'linux') {
    throw new StepError('This reads /proc, which only Linux has.', 'Run it on Linux.');
  }
  await provide(['rust', 'vsix', 'editor']);
  mkdirSync(bundled, { recursive: true });
  if (!process.argv.slice(2).includes('profile')) await measureWindow();
  await measureProfile();
  return 0;
});

async function measureWindow() {
  await build({
    entryPoints: [join(root, 'test', 'measure', 'index.ts')],
    outfile: join(bundled, 'index.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const workspace = generate();
  try {
    say('without the extension');
    const without = await measure(workspace, null);
    say('with the extension');
    print(await measure(workspace, vsixPath), without);
  } finally {
    rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function measureProfile() {
  say('a large program, profiled');
  const file = join(bundled, 'profile.json');
  await run(process.execPath, [join(root, 'test', 'measure', 'profile.ts'), file], { cwd: root });
  /** @type {import('../test/measure/measures.ts').ProfileMeasures} */
  const { shownMs, fuel, bytes } = JSON.parse(readFileSync(file, 'utf8'));
  console.log(
    `\na program of ${(bytes / 1e6).toFixed(2)} MB and ${(fuel / 1e6).toFixed(0)} million fuel, ${busy()}`,
  );
  row('click to flame graph, median', median(shownMs), 3000);
  row('click to flame graph, slowest', Math.max(...shownMs), 3000);
}

/** A cargo workspace of programs, in a repository as workspaces are: outside one, git looks again for each file. */
function generate() {
  const folder = mkdtempSync(join(tmpdir(), 'crates-'));
  const names = Array.from({ length: crates }, (_, at) => `crate-${at}`);
  writeFileSync(
    join(folder, 'Cargo.toml'),
    `[workspace]\nresolver = "3"\nmembers = ${JSON.stringify(names)}\n`,
  );
  for (const name of names) {
    mkdirSync(join(folder, name, 'src'), { recursive: true });
    const manifest = `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2024"\n`;
    writeFileSync(join(folder, name, 'Cargo.toml'), manifest);
    writeFileSync(join(folder, name, 'src', 'main.rs'), `fn main() {\n    println!("${name}");\n}\n`);
  }
  spawnSync('git', ['init', '--quiet'], { cwd: folder });
  return folder;
}

/**
 * @param {string} workspace
 * @param {string | null} vsix
 * @returns {Promise<import('../test/measure/measures.ts').EditorMeasures>}
 */
async function measure(workspace, vsix) {
  const file = join(bundled, 'measures.json');
  rmSync(file, { force: true });
  const code = await runInServer({
    vsix,
    stub: join(root, 'test', 'integration', 'stub'),
    entry: join(bundled, 'index.cjs'),
    workspace,
    env: { ...process.env, WASI_WORKBENCH_MEASURES: file },
  });
  if (code !== 0) throw new StepError('The measurement failed in the editor.', 'Run it again.');
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * @param {import('../test/measure/measures.ts').EditorMeasures} measured
 * @param {import('../test/measure/measures.ts').EditorMeasures} without
 */
function print(measured, without) {
  const { activationMs, openMs, lensMs, lensCpuMs, openedMb, ranMb } = measured;
  const [first = 0, ...later] = lensMs;
  console.log(`\na workspace of ${crates} crates, ${busy()}`);
  row('activation blocks', activationMs, 50);
  row('first lens, once its file is shown', first, 300);
  console.log(`  and after ${without.lensMs[0]?.toFixed(1)} ms that there is none, without the extension`);
  row('later lenses, median', median(later), 300);
  row('later lenses, slowest', Math.max(...later), 300);
  console.log(
    `  of which the extension host computes ${lensCpuMs[0]?.toFixed(1)} ms, then ${median(lensCpuMs.slice(1)).toFixed(1)} ms`,
  );
  console.log(
    `  a file is shown after ${median(openMs).toFixed(1)} ms, ${median(without.openMs).toFixed(1)} without`,
  );
  row('memory with sources open', sum(openedMb) - sum(without.openedMb), 150, 'MiB');
  row('memory after a run', sum(ranMb) - sum(without.ranMb), 150, 'MiB');
  for (const [name, mb] of Object.entries(ranMb)) {
    const before = without.ranMb[name];
    console.log(
      `  ${name.padEnd(42)}${mb.toFixed(1).padStart(8)} MiB${before ? `, ${before.toFixed(1)} without` : ''}`,
    );
  }
}

/**
 * A value beside its bar, and the share of it.
 *
 * @param {string} what
 * @param {number} value
 * @param {number} bar
 */
function row(what, value, bar, unit = 'ms') {
  const share = (value / bar).toFixed(2);
  console.log(`${what.padEnd(44)}${value.toFixed(1).padStart(8)} ${unit}  of ${bar} (${share})`);
}

/** What else the machine does. */
function busy() {
  const [load = 0] = loadavg();
  return `load ${load.toFixed(1)} on ${cpus().length} processors`;
}

/** @param {readonly number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** @param {Readonly<Record<string, number>>} parts */
function sum(parts) {
  return Object.values(parts).reduce((all, part) => all + part, 0);
}
