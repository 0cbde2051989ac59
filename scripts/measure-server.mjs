// Measures the built language server (`npm run build`) on a crate of 100 files: milliseconds from the last key to the
// diagnostics, and the memory of its process. Not part of the tests: `node scripts/measure-server.mjs`. The files are
// those of well-known crates, which cargo fetches into its own cache.
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver/node';
import { execArgv } from '../src/editor/languageServer/processOptions.ts';
import { fetchCrate } from './lib/fetchCrate.mjs';
import { root } from './lib/places.mjs';

const fileCount = 100;
/** Files in which is typed, at the start, in between, and the longest. */
const typedFiles = 5;
const pauses = 12;
/** A line of its own, so that the file stays what it is. */
const keys = '// key\n';
const msBetweenKeys = 60;

const folder = mkdtempSync(join(tmpdir(), 'measure-server-'));
const names = makeCrate();
const server = fork(join(root, 'dist', 'server.js'), ['--node-ipc'], { execArgv });
const connection = createProtocolConnection(new IPCMessageReader(server), new IPCMessageWriter(server));
/** @type {Map<string, { at: number, version: number }>} */
const published = new Map();
connection.onNotification('textDocument/publishDiagnostics', ({ uri, version }) => {
  published.set(uri, { at: performance.now(), version: version ?? 0 });
});
connection.onRequest('workspace/configuration', ({ items }) => items.map(() => ({})));
connection.onRequest('client/registerCapability', () => null);
connection.listen();
await connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
await connection.sendNotification('initialized', {});

const typed = [...names.slice(0, typedFiles - 1), longest(names)];
const started = performance.now();
for (const name of typed) await open(name);
await until(typed[0] ?? '', 1);
console.log(`first diagnostics after ${(performance.now() - started).toFixed(0)} ms, ${memory()}`);

/** @type {number[]} */
const latencies = [];
for (const name of typed) {
  let version = 1;
  const before = processorMs();
  /** @type {number[]} */
  const ofFile = [];
  for (let pause = 0; pause < pauses; pause++) {
    for (const [at, text] of [...keys].entries()) {
      await wait(msBetweenKeys);
      const place = { line: pause, character: at };
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uri(name), version: ++version },
        contentChanges: [{ range: { start: place, end: place }, text }],
      });
    }
    const last = performance.now();
    ofFile.push((await until(name, version)) - last);
    await wait(300);
  }
  latencies.push(...ofFile);
  const lines = readFileSync(join(folder, 'src', name), 'utf8').split('\n').length;
  const each = ((processorMs() - before) / pauses).toFixed(0);
  console.log(`${name} (${lines} lines): ${describe(ofFile)}; ${each} ms of processor a pause, ${memory()}`);
}
console.log(`all: ${describe(latencies)}, ${memory()}`);
connection.dispose();
server.kill();
rmSync(folder, { recursive: true, force: true });

/** A program of the first files that make up the crates, each its module; every one has a finding. */
function makeCrate() {
  const sources = ['clap_builder@4.5.48', 'rayon@1.11.0', 'regex-automata@0.4.11']
    .map((name) => join(fetchCrate(name), 'src'))
    .flatMap((dir) =>
      readdirSync(dir, { recursive: true, encoding: 'utf8' })
        .sort()
        .map((name) => join(dir, name)),
    )
    .filter((path) => path.endsWith('.rs'))
    .map((path) => readFileSync(path, 'utf8'))
    .filter((text) => isOrdinary(text))
    .slice(0, fileCount - 1);
  mkdirSync(join(folder, 'src'));
  const manifest = '[package]\nname = "measured"\nversion = "0.1.0"\nedition = "2021"\n';
  const metadata = '\n[package.metadata.wasi-workbench]\nprofile = "outlayer"\n';
  writeFileSync(join(folder, 'Cargo.toml'), manifest + metadata);
  const modules = sources.map((_, at) => `mod m${at};`).join('\n');
  const exits = '\nfn exits() { std::process::exit(0) }\n';
  writeFileSync(join(folder, 'src', 'main.rs'), `${modules}\nfn main() { println!("1"); }\n${exits}`);
  sources.forEach((text, at) => writeFileSync(join(folder, 'src', `m${at}.rs`), `\n${text}${exits}`));
  const bytes = sources.reduce((sum, text) => sum + text.length, 0);
  const lines = sources.reduce((sum, text) => sum + text.split('\n').length, 0);
  console.log(`${fileCount} files, ${lines} lines, ${(bytes / 1024).toFixed(0)} KiB`);
  return ['main.rs', ...sources.map((_, at) => `m${at}.rs`)];
}

/**
 * Of a usual length, and not left out as a whole by a condition.
 *
 * @param {string} text
 */
function isOrdinary(text) {
  const lines = text.split('\n').length;
  return lines >= 100 && lines <= 1000 && !/^#!\[cfg/m.test(text);
}

/** @param {string[]} files */
function longest(files) {
  const size = (/** @type {string} */ name) => readFileSync(join(folder, 'src', name)).length;
  return files.reduce((a, b) => (size(a) >= size(b) ? a : b));
}

/** @param {string} name */
function uri(name) {
  return pathToFileURL(join(folder, 'src', name)).href;
}

/** @param {string} name */
async function open(name) {
  const text = readFileSync(join(folder, 'src', name), 'utf8');
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri: uri(name), languageId: 'rust', version: 1, text },
  });
}

/**
 * @param {string} name
 * @param {number} version
 * @returns when its diagnostics of that version came
 */
async function until(name, version) {
  for (;;) {
    const known = published.get(uri(name));
    if (known !== undefined && known.version >= version) return known.at;
    await wait(1);
  }
}

/** @param {number[]} times */
function describe(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) =>
    (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0);
  return `median ${at(0.5)} ms, 90 % ${at(0.9)} ms, largest ${at(1)} ms`;
}

/** Milliseconds of processor that the server has taken; Linux only. */
function processorMs() {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** As the system counts it; Linux only. */
function memory() {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  const mib = (/** @type {string} */ key) =>
    `${(Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1]) / 1024).toFixed(0)} MiB`;
  return `resident ${mib('VmRSS')}, at most ${mib('VmHWM')}`;
}
