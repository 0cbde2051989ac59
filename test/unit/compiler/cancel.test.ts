import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorOf, hello, manifest, Scratch } from './crates.ts';

/** A build script that starts a child, writes both their process ids and never ends. */
const endless = `
use std::{fs, process, thread, time::Duration};
fn main() {
    let child = process::Command::new("sleep").arg("1000").spawn().unwrap();
    fs::write("pids.tmp", format!("{} {}", process::id(), child.id())).unwrap();
    fs::rename("pids.tmp", "pids").unwrap();
    thread::sleep(Duration::from_secs(1000));
}
`;

/** Whether a process still runs; one that has ended and was not yet waited for does not. */
function isRunning(pid: string): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, 'it never came');
    await sleep(20);
  }
}

describe('ending a build', () => {
  let scratch: Scratch;
  let crateDir: string;
  let pidsPath: string;
  before(async function () {
    if (process.platform === 'win32') this.skip();
    scratch = await Scratch.create();
    crateDir = await scratch.write({
      'endless/Cargo.toml': manifest('endless'),
      'endless/src/main.rs': hello,
      'endless/build.rs': endless,
    });
    pidsPath = scratch.path('endless', 'pids');
  });
  beforeEach(() => rm(pidsPath, { force: true }));
  after(async () => {
    await scratch[Symbol.asyncDispose]();
  });

  const pids = () => readFileSync(pidsPath, 'utf8').split(' ');
  const request = { target: 'wasm32-wasip1', runnable: null } as const;

  async function nothingRuns() {
    const [script, child] = pids();
    await until(() => !isRunning(script!) && !isRunning(child!));
  }

  it('by the signal ends cargo, the build script and its child', async () => {
    const abort = new AbortController();
    const ended = errorOf(scratch.compiler().build({ ...request, crateDir }, {}, abort.signal));
    await until(() => existsSync(pidsPath));
    assert.deepEqual(pids().map(isRunning), [true, true]);
    abort.abort();
    assert.equal((await ended).code, 'build-cancelled');
    await nothingRuns();
  });

  it('by the time limit does too', async () => {
    const compiler = scratch.compiler();
    const error = await errorOf(compiler.build({ ...request, crateDir, timeoutSeconds: 5 }));
    assert.equal(error.code, 'build-timed-out');
    await nothingRuns();
  });

  it('by somebody else is told', async () => {
    const ended = errorOf(scratch.compiler().build({ ...request, crateDir }));
    await until(() => existsSync(pidsPath));
    const [script] = pids();
    const { stdout } = spawnSync('ps', ['-o', 'ppid=', '-p', script!], { encoding: 'utf8' });
    process.kill(Number(stdout), 'SIGKILL');
    const error = await ended;
    assert.equal(error.code, 'build-failed');
    assert.equal(error.message, 'cargo was ended from outside by SIGKILL.');
    pids().forEach((pid) => process.kill(Number(pid), 'SIGKILL'));
  });

  it('before it began starts nothing', async () => {
    const error = await errorOf(scratch.compiler().build({ ...request, crateDir }, {}, AbortSignal.abort()));
    assert.equal(error.code, 'build-cancelled');
    assert.ok(!existsSync(pidsPath));
  });

  it('while it waits for another in the same target folder leaves that one alone', async () => {
    const compiler = scratch.compiler();
    const first = new AbortController();
    const second = new AbortController();
    const one = errorOf(compiler.build({ ...request, crateDir }, {}, first.signal));
    await until(() => existsSync(pidsPath));
    const onProgress = ({ waiting }: { waiting: boolean }) => waiting && second.abort();
    const other = await errorOf(compiler.build({ ...request, crateDir }, { onProgress }, second.signal));
    assert.equal(other.code, 'build-cancelled');
    assert.deepEqual(pids().map(isRunning), [true, true]);
    first.abort();
    assert.equal((await one).code, 'build-cancelled');
    await nothingRuns();
  });

  it("says that it waits for another cargo's lock, also where that is why its time ran out", async () => {
    const abort = new AbortController();
    const other = errorOf(scratch.compiler().build({ ...request, crateDir }, {}, abort.signal));
    await until(() => existsSync(pidsPath));
    const waits: boolean[] = [];
    const onProgress = ({ waiting }: { waiting: boolean }) => waits.push(waiting);
    // Another compiler's queue knows nothing of the first.
    const error = await errorOf(
      scratch.compiler().build({ ...request, crateDir, timeoutSeconds: 2 }, { onProgress }),
    );
    abort.abort();
    await other;
    assert.equal(error.code, 'build-timed-out');
    assert.match(error.hint!, /waiting for another cargo/);
    assert.deepEqual(waits, [true]);
  });
});
