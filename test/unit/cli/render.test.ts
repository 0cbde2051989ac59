import assert from 'node:assert/strict';
import { renderBuild, renderError, renderRun } from '../../../src/cli/render.ts';
import { nothingRan } from '../../../src/cli/json.ts';
import { defaultLimits } from '../../../src/shared/limits.ts';
import type { RunResult } from '../../../src/shared/runResult.ts';
import { type Frame, errorValue } from '../../../src/shared/workbenchError.ts';
import { runResult } from '../runResult.ts';

const succeeded = runResult();

const frame = (details: Partial<Frame>): Frame => ({
  function: 'app::parse',
  file: null,
  line: null,
  column: null,
  module: null,
  offset: null,
  ...details,
});

describe('renderRun', () => {
  it('says whether it worked and what it cost', () => {
    assert.equal(
      renderRun(succeeded, defaultLimits, 'wasi'),
      `✓ Succeeded in 15.2 ms
  Fuel 24,318,904 of 1,000,000,000 (wasmtime-28)
  Peak memory 1.4 MiB of 128 MiB · load 3.14 ms · run 15.2 ms · 187 KiB p2
`,
    );
  });

  it('says where fuel is a lower bound, and where it is not known', () => {
    const cutShort = renderRun(runResult({ measured: 'fuel-at-least' }), defaultLimits, 'wasi');
    assert.match(cutShort, /Fuel at least 24,318,904 of/);
    assert.match(cutShort, /Peak memory 1\.4 MiB of/);
    const lost = renderRun(
      runResult({ measured: 'lost', fuel: 0, peakMemoryBytes: 0 }),
      defaultLimits,
      'wasi',
    );
    assert.match(lost, /Fuel unknown of 1,000,000,000/);
    assert.match(lost, /Peak memory unknown of 128 MiB/);
  });

  const exited: RunResult = {
    ...succeeded,
    worker: { success: false, message: 'WASM execution failed: exit', billedFuel: 0 },
  };

  it("tells the worker's view where it differs", () => {
    const text = renderRun(exited, defaultLimits, 'wasi');
    assert.match(text, /^✓ Succeeded/);
    assert.match(
      text,
      /\n {2}✗ The OutLayer worker would fail, and bills 0 fuel: WASM execution failed: exit\n$/,
    );
  });

  it("leads with the worker's view where that is asked for", () => {
    assert.match(
      renderRun(exited, defaultLimits, 'outlayer'),
      /^✗ The OutLayer worker would fail.*\n✓ Succeeded/,
    );
    assert.match(
      renderRun(succeeded, defaultLimits, 'outlayer'),
      /^✓ The OutLayer worker would succeed, and bills 24,318,904 fuel\n/,
    );
  });

  it('says nothing of cost where nothing ran', () => {
    const error = errorValue('unknown-format', 'This is text.', { hint: 'Name a .wasm file.' });
    assert.equal(
      renderRun(nothingRan(error), defaultLimits, 'outlayer'),
      '✗ This is text.\n  → Name a .wasm file.\n',
    );
  });
});

describe('renderError', () => {
  it('gives the cause, the places and the next step', () => {
    const error = errorValue('trap', 'The program divided by zero.', {
      cause: 'divide by zero\nin wasm\n',
      hint: 'Look at parse.',
      backtrace: [
        frame({ file: 'src/main.rs', line: 41, column: 9 }),
        frame({ module: 'module[0]', offset: 1234 }),
        frame({}),
      ],
    });
    assert.equal(
      renderError(error),
      `✗ The program divided by zero.
  divide by zero
  in wasm
    at app::parse (src/main.rs:41:9)
    at app::parse (module[0] at byte 1234)
    at app::parse
  → Look at parse.
`,
    );
  });

  it('keeps long backtraces short', () => {
    const backtrace = Array.from({ length: 40 }, () => frame({}));
    assert.match(renderError(errorValue('stack-overflow', 'Too deep.', { backtrace })), /… and 28 more\n$/);
  });
});

describe('renderBuild', () => {
  it('tells sizes, times and notes', () => {
    const text = renderBuild({
      artefactPath: '/x/app.wasm',
      wasm: new Uint8Array(2048),
      runnable: { kind: 'bin', name: 'app', package: 'app', sourcePath: '', manifestPath: '' },
      target: 'wasm32-wasip1',
      cargoTarget: 'wasm32-wasip1',
      buildMs: 12_345,
      diagnostics: [],
      notes: ['Larger than it was.'],
      optimised: { bytesBefore: 4096, bytesAfter: 2048, optimiser: 'wasm-opt 132' },
    });
    assert.equal(
      text,
      `✓ Built app for wasm32-wasip1 in 12.3 s: 2.0 KiB
  Optimised with wasm-opt 132: 4.0 KiB to 2.0 KiB
  Larger than it was.
`,
    );
  });
});
