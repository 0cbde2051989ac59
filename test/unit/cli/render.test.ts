import assert from 'node:assert/strict';
import { renderBuild, renderError, renderProfile, renderRun, renderSaving } from '../../../src/cli/render.ts';
import { nothingRan } from '../../../src/cli/json.ts';
import { defaultLimits } from '../../../src/shared/limits.ts';
import type { Profile } from '../../../src/shared/profile.ts';
import type { RunResult } from '../../../src/shared/runResult.ts';
import { type Frame, errorValue } from '../../../src/shared/workbenchError.ts';
import { runResult, workerAnswer } from '../runResult.ts';

const succeeded = runResult();

const emptyProfile: Profile = {
  fuel: 0,
  fuelModel: 'wasmtime-28',
  uncounted: 0,
  functions: [],
  lines: [],
  unattributed: 0,
  crates: [],
  stacks: [],
};

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
    worker: workerAnswer({ success: false, message: 'WASM execution failed: exit', billedFuel: 0 }),
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

  it('names the options that raise a limit', () => {
    const limited = (limit: 'maxInstructions' | 'maxMemoryMb' | 'maxExecutionSeconds') =>
      renderError(errorValue('out-of-fuel', 'At its limit.', { actions: [{ kind: 'raise-limit', limit }] }));
    assert.match(limited('maxInstructions'), /--max-instructions N .*--profile FILE/);
    assert.match(limited('maxMemoryMb'), /--max-memory-mb N /);
    assert.match(limited('maxExecutionSeconds'), /--max-seconds N /);
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
      unoptimised: new Uint8Array(4096),
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

describe('renderSaving', () => {
  it('compares fuel and size with the build as cargo made it', () => {
    const before = runResult({ fuel: 2000, wasmBytes: 4096 });
    assert.equal(
      renderSaving(before, runResult({ fuel: 1500, wasmBytes: 2048 })),
      '  Before optimising: fuel 2,000 (now −25.0 %), 4.0 KiB (now 2.0 KiB)\n',
    );
  });
});

describe('renderProfile', () => {
  it('shows the dearest functions, by their share of all that was executed', () => {
    const functions = Array.from({ length: 7 }, (_, n) => {
      return { name: `app::f${n}`, file: null, line: null, calls: 1000 * n, self: 700 - 100 * n, total: 700 };
    });
    const profile = { ...emptyProfile, fuel: 2000, uncounted: 800, functions };
    const shown = renderProfile(profile, 'out.json', []);
    assert.equal(shown.split('\n').length, 2 + 5 + 1);
    assert.match(shown, /Profile out\.json/);
    assert.match(shown, / 25\.0 % +700 {2}app::f0 \(0 calls\)\n/);
    assert.match(shown, /app::f4 \(4,000 calls\)\n$/);
  });

  it('shows the user’s own lines with what was inlined from them, the crates, and what was inlined', () => {
    const library = '/rustc/0123abc/library/core/src/num.rs';
    const profile = {
      ...emptyProfile,
      fuel: 100,
      functions: [{ name: 'helper', file: null, line: null, calls: 0, self: 60, total: 60, inlined: 60 }],
      lines: [
        { file: library, line: 9, self: 60, total: 60 },
        { file: '/home/me/app/src/main.rs', line: 3, self: 10, total: 20 },
        { file: '/home/me/app/src/main.rs', line: 4, self: 5, total: 80 },
      ],
      crates: [
        { origin: 'std' as const, name: 'core', self: 60 },
        { origin: 'yours' as const, name: '', self: 40 },
      ],
    };
    const shown = renderProfile(profile, 'out.json', ['/home/me/app']);
    assert.match(shown, /helper \(inlined\)/);
    assert.match(shown, /80\.0 % +80 {2}src\/main\.rs:4\n +20\.0 % +20 {2}src\/main\.rs:3\n/);
    assert.doesNotMatch(shown, /num\.rs/);
    assert.match(shown, /60\.0 % +60 {2}core\n +40\.0 % +40 {2}Your code\n$/);
  });
});

describe('renderError, of frames that are not the program’s', () => {
  it('folds them, however many stand before the first of its own', () => {
    const of = (name: string) => {
      return { function: name, file: null, line: null, column: null, module: null, offset: null };
    };
    const library = Array.from({ length: 15 }, (_, n) => of(`std::alloc::f${n}`));
    const backtrace = [...library, of('app::main'), of('std::rt::a'), of('std::rt::b')];
    const rendered = renderError(errorValue('out-of-memory', 'No memory.', { backtrace }));
    assert.match(rendered, /\n {4}… 15 frames of Rust’s library\n {4}at app::main\n {4}… 2 frames of .*\n$/);
  });
});
