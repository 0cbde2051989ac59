import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { findingOfError } from '../../../../src/diagnostics/errors/errorFinding.ts';
import { findingsOfRun } from '../../../../src/diagnostics/errors/runFindings.ts';
import { runOutcome } from '../../../../src/editor/languageServer/outcomes.ts';
import type { Finding } from '../../../../src/diagnostics/finding.ts';
import { encodeUtf8 } from '../../../../src/shared/text.ts';
import { type ErrorValue, errorValue, type Frame } from '../../../../src/shared/workbenchError.ts';
import { errors, nearMisses } from './errorCases.ts';
import { runResult } from '../../runResult.ts';
import { crateDir, manifest, MemoryFiles, readCrate } from '../support.ts';

const source = `fn main() {
    let key = std::env::var("KEY").unwrap();
    std::fs::write("/data/out", key).unwrap();
}
`;

const crate = await readCrate(new MemoryFiles({ 'Cargo.toml': manifest(), 'src/main.rs': source }), {});

const frame = (line: number, file = 'src/main.rs'): Frame => ({
  function: 'app::main',
  file,
  line,
  column: 5,
  module: null,
  offset: null,
});

function found(error: ErrorValue, stderr = ''): Finding {
  const finding = findingOfError(error, crate, stderr);
  assert.ok(finding);
  return finding;
}

describe('findingOfError', () => {
  for (const [code, error, stderr] of errors) {
    it(`takes "${error.message}" for ${code}`, () => {
      const finding = found(error, stderr);
      assert.equal(finding.code, code);
      assert.equal(finding.error, error);
      assert.ok(finding.message.startsWith(error.message));
      // None of these names a place: then it is the program that ran, or the package that was to be built.
      const ran = /^(?:trap|panic|exit|out-of-\w+|stack-overflow)$/.test(error.code);
      assert.equal(finding.file, ran ? join(crateDir, 'src', 'main.rs') : crate.manifest.path);
      const [line, start, end] = ran ? [0, 3, 7] : [1, 7, 12];
      assert.deepEqual(finding.range, {
        start: { line, character: start },
        end: { line, character: end },
      });
    });
  }

  for (const [code, error, stderr] of nearMisses) {
    it(`doesn't take "${error.cause ?? error.message}" for ${code}`, () => {
      assert.notEqual(findingOfError(error, crate, stderr)?.code, code);
    });
  }

  it('has no finding for what is no mistake in the program', () => {
    assert.equal(findingOfError(errorValue('stopped', 'The run was stopped.'), crate), null);
  });

  it('takes a plain failure for nothing but one', () => {
    assert.equal(
      found(errorValue('exit', 'The program exited with code 2.'), 'bad input\n').code,
      'wasi/exit-status',
    );
  });

  it('is at the innermost frame in the sources of the crate', () => {
    const error = errorValue('panic', 'panicked', {
      backtrace: [frame(10, '/rustc/lib.rs'), frame(3)],
    });
    const { file, range } = found(error);
    assert.equal(file, join(crateDir, 'src', 'main.rs'));
    assert.deepEqual(range, { start: { line: 2, character: 4 }, end: { line: 2, character: 46 } });
  });

  it('is at the line that used most, before the frame where it ran out', () => {
    const error = errorValue('out-of-fuel', 'used up', {
      backtrace: [frame(2)],
      actions: [
        { kind: 'raise-limit', limit: 'maxInstructions' },
        { kind: 'open-source', file: 'src/main.rs', line: 3 },
      ],
    });
    const { range, fixes } = found(error);
    assert.equal(range.start.line, 2);
    assert.deepEqual(
      fixes.map(({ title }) => title),
      ['Raise the instruction limit'],
    );
  });

  it('knows sources that are named from the folder of the workspace', () => {
    const error = errorValue('panic', 'panicked', { backtrace: [frame(3, 'crate/src/main.rs')] });
    assert.equal(found(error).range.start.line, 2);
  });

  it('knows sources by their real path, where the crate was opened through a link', () => {
    const folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'linked ')));
    try {
      const dir = join(folder, 'link');
      mkdirSync(join(folder, 'real'));
      symlinkSync(join(folder, 'real'), dir, 'junction');
      const sources = new Map(
        [...crate.sources].map(([path, one]) => [join(dir, relative(crateDir, path)), one]),
      );
      const backtrace = [frame(3, join(folder, 'real', 'src', 'main.rs'))];
      const finding = findingOfError(errorValue('panic', 'no', { backtrace }), { ...crate, dir, sources });
      assert.equal(finding?.file, join(dir, 'src', 'main.rs'));
      assert.equal(finding.range.start.line, 2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is where the compiler points, else at the name of the package', () => {
    const pointed = found(errorValue('build-failed', 'no', { cause: 'error\n --> src/main.rs:2:9\n' }));
    assert.deepEqual(pointed.range.start, { line: 1, character: 8 });
    const { file, range } = found(errorValue('build-timed-out', 'no'));
    assert.equal(file, join(crateDir, 'Cargo.toml'));
    assert.deepEqual(range.start, { line: 1, character: 7 });
  });

  it('is at fn main where the program ran and names no place', () => {
    const { file, range } = found(errorValue('out-of-fuel', 'no'));
    assert.equal(file, join(crateDir, 'src', 'main.rs'));
    assert.deepEqual(range, { start: { line: 0, character: 3 }, end: { line: 0, character: 7 } });
  });

  it('offers what its place tells', () => {
    const env = found(errorValue('panic', 'NotPresent', { backtrace: [frame(2)] }));
    assert.deepEqual(
      env.fixes.map(({ action }) => action),
      [{ kind: 'set-environment', name: 'KEY', file: crate.manifest.path }],
    );
    const folder = found(errorValue('panic', 'code: 44, kind: NotFound', { backtrace: [frame(3)] }));
    assert.deepEqual(
      folder.fixes.map(({ action }) => action),
      [{ kind: 'add-preopen', guestPath: '/data', file: crate.manifest.path }],
    );
    const limit = found(
      errorValue('out-of-time', 'no', { actions: [{ kind: 'raise-limit', limit: 'maxExecutionSeconds' }] }),
    );
    assert.deepEqual(
      limit.fixes.map(({ title }) => title),
      ['Raise the time limit'],
    );
  });
});

describe('findingsOfRun', () => {
  const succeeded = (output: string, stderr = '', expectsJson = false) => {
    const result = runResult({ output: encodeUtf8(output), stderr: encodeUtf8(stderr) });
    const { error, run } = runOutcome(crateDir, result, expectsJson);
    return findingsOfRun(error, run!, crate);
  };

  it('has nothing to say of an output', () => {
    assert.deepEqual(succeeded('plain'), []);
    assert.deepEqual(succeeded('{"a":1}\n', '', true), []);
  });

  it('finds that there is no output, and whether it went to stderr', () => {
    const [nothing] = succeeded('');
    assert.equal(nothing?.code, 'wasi/empty-output');
    assert.deepEqual(nothing.range, { start: { line: 0, character: 3 }, end: { line: 0, character: 7 } });
    const [onStderr] = succeeded('', 'four');
    assert.match(onStderr!.message, /4 bytes to stderr/);
  });

  it('finds that a program for wasm32-unknown-unknown has nowhere to print to, and builds another', () => {
    const result = runResult({ format: 'unknown', output: encodeUtf8(''), stderr: encodeUtf8('') });
    const [finding] = findingsOfRun(null, runOutcome(crateDir, result, false).run!, crate);
    assert.equal(finding?.code, 'wasi/bare-module');
    assert.equal(finding.severity, 'warning');
    assert.deepEqual(finding.range, { start: { line: 0, character: 3 }, end: { line: 0, character: 7 } });
    assert.deepEqual(
      finding.fixes.map(({ title }) => title),
      ['Build and run for wasm32-wasip2'],
    );
  });

  it('says where an output stops being JSON', () => {
    const [finding] = succeeded('{"a":1}\ndone\n', '', true);
    assert.equal(finding?.code, 'wasi/output-not-json');
    assert.match(finding.message, /line 2, column 1, before "done\\n"/);
    const [early] = succeeded('{"a":', '', true);
    assert.match(early!.message, /ends too early/);
  });

  it('has the error of a run that failed, as it is', () => {
    const error = errorValue('out-of-fuel', 'The program used up its 5 instructions.');
    const { run } = runOutcome(crateDir, { ...runResult({}), error }, true);
    const [finding] = findingsOfRun(error, run!, crate);
    assert.equal(finding?.error, error);
  });
});
