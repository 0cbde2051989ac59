import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { once } from 'node:events';
import { cacheDir, root } from '../../scripts/lib/places.mjs';
import { ruleOfError } from '../../src/diagnostics/errors/ruleOfError.ts';
import type { RuleCode } from '../../src/shared/ruleCode.ts';
import type { ErrorValue } from '../../src/shared/workbenchError.ts';
import { writeFiles } from '../writeFiles.ts';
import { cli, scratchFolder } from './cli.ts';

// What rustc's library says today of the mistakes that only a run shows, where the unit tests have recorded words. Those
// of limits are in failures.test.ts, those of outputs in test/unit/diagnostics/errors.

const source = `use std::process::ExitCode;

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let command = std::io::read_to_string(std::io::stdin())?;
    match command.as_str() {
        "unwrapped variable" => println!("{}", std::env::var("KEY").unwrap()),
        "returned variable" => println!("{}", std::env::var("KEY")?),
        "no folder" => println!("{}", std::fs::read_to_string("/nowhere/a.txt").unwrap()),
        "no folder, returned" => println!("{}", std::fs::read_to_string("/nowhere/a.txt")?),
        "no file" => println!("{}", std::fs::read_to_string("data/none.txt").unwrap()),
        "socket" => println!("{:?}", std::net::TcpStream::connect("127.0.0.1:1").unwrap()),
        "thread" => println!("{:?}", std::thread::spawn(|| 1).join()),
        "process" => println!("{:?}", std::process::Command::new("ls").output().unwrap()),
        "status" => return Ok(ExitCode::FAILURE),
        "reason" => return Err("no such command".into()),
        "panic" => panic!("as asked"),
        "trap" => core::arch::wasm32::unreachable(),
        _ => {}
    }
    Ok(ExitCode::SUCCESS)
}
`;

interface Ending {
  readonly code: RuleCode;
  /** Of the hint, where it names what to do. */
  readonly hint?: RegExp;
}

const both = (code: RuleCode, hint?: RegExp): Readonly<Record<string, Ending>> => {
  const ending = { code, ...(hint && { hint }) };
  return { 'wasm32-wasip1': ending, 'wasm32-wasip2': ending };
};

const endings: Readonly<Record<string, Readonly<Record<string, Ending>>>> = {
  'unwrapped variable': both('wasi/env-missing', /--env NAME=VALUE/),
  'returned variable': both('wasi/env-missing'),
  'no folder': both('wasi/no-preopen', /--dir HOST::GUEST/),
  'no folder, returned': both('wasi/no-preopen'),
  'no file': both('wasi/no-preopen'),
  socket: {
    'wasm32-wasip1': { code: 'wasi/platform-unsupported' },
    'wasm32-wasip2': { code: 'wasi/network-denied', hint: /wasi:http/ },
  },
  thread: both('wasi/platform-unsupported', /one thread/),
  process: both('wasi/platform-unsupported'),
  status: both('wasi/exit-status', /eprintln!/),
  reason: both('wasi/exit-status', /stderr says why/),
  panic: both('wasi/panic', /src\/main\.rs, line \d+/),
  trap: both('wasi/trap', /backtrace/),
};

async function endingOf(program: string, input: string, ...options: string[]) {
  const { stdout } = await cli(['run', program, '--json', ...options], { stdin: input });
  return JSON.parse(stdout.toString()) as { readonly error: ErrorValue | null; readonly stderr: string };
}

describe('mistakes that a run shows', () => {
  const folder = scratchFolder();
  after(() => folder[Symbol.dispose]());

  for (const target of ['wasm32-wasip1', 'wasm32-wasip2']) {
    describe(`of a program for ${target}`, () => {
      let program: string;
      before(async () => {
        writeFiles(folder.path, {
          'Cargo.toml': '[package]\nname = "ending"\nversion = "0.1.0"\nedition = "2021"\n\n[workspace]\n',
          'src/main.rs': source,
        });
        const built = await cli(['build', folder.path, '--target', target, '--quiet']);
        assert.equal(built.code, 0, built.stderr);
        program = built.stdout.toString().trimEnd();
      });

      for (const [input, ofTargets] of Object.entries(endings)) {
        const { code, hint } = ofTargets[target]!;
        it(`${input}: ${code}`, async () => {
          const options = input === 'no file' ? ['--dir', `${folder.path}::data`] : [];
          const { error, stderr } = await endingOf(program, input, ...options);
          assert.ok(error, 'it did not fail');
          assert.equal(ruleOfError(error, stderr), code, JSON.stringify({ error, stderr }));
          assert.match(error.hint ?? '', hint ?? /\w/);
        });
      }
    });
  }

  it('the time, of a bare module: wasi/platform-unsupported', async () => {
    const dir = join(folder.path, 'bare');
    writeFiles(dir, {
      'Cargo.toml': '[package]\nname = "clock"\nversion = "0.1.0"\nedition = "2021"\n\n[workspace]\n',
      'src/main.rs': 'fn main() { println!("{:?}", std::time::Instant::now()); }\n',
    });
    const { error, stderr } = await endingOf(dir, '', '--target', 'wasm32-unknown-unknown', '--quiet');
    assert.ok(error, 'it did not fail');
    assert.equal(ruleOfError(error, stderr), 'wasi/platform-unsupported', JSON.stringify(error));
    assert.match(error.hint ?? '', /no clock/);
  });

  it('an address that is not public: wasi/network-denied', async function () {
    this.timeout(600_000); // the fixture is built with three crates of clients
    const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      for (const bin of ['waki', 'wstd']) {
        const crate = join(root, 'test', 'fixtures', 'http');
        const env = { CARGO_TARGET_DIR: join(cacheDir, 'fixtures-target', 'http') };
        const built = await cli(['build', crate, '--bin', bin, '--target', 'wasm32-wasip2', '--quiet'], {
          env,
        });
        assert.equal(built.code, 0, built.stderr);
        const { port } = server.address() as AddressInfo;
        const { error, stderr } = await endingOf(
          built.stdout.toString().trimEnd(),
          `needed http://127.0.0.1:${port}\n`,
        );
        assert.ok(error, 'it did not fail');
        assert.equal(ruleOfError(error, stderr), 'wasi/network-denied', JSON.stringify({ error, stderr }));
      }
    } finally {
      server.close();
    }
  });
});
