import assert from 'node:assert/strict';
import { GuestExit, type Guest } from '../../../src/executor/guest.ts';
import { systemClocks } from '../../../src/executor/host/clocks.ts';
import { seededRandom } from '../../../src/executor/host/random.ts';
import { InputPipe, OutputPipe } from '../../../src/executor/host/stdio.ts';
import { loadWasiP2 } from '../../../src/executor/wasiP2.ts';
import { WorkbenchError, asErrorValue, type ErrorValue } from '../../../src/shared/workbenchError.ts';
import { assemble } from './component/support.ts';
import { plainEngine } from './host/plainEngine.ts';
import { program } from './host/preview2/programs.ts';

function load(wasm: Uint8Array): Promise<Guest> {
  const world = {
    argv: [],
    env: [],
    stdin: new InputPipe(new Uint8Array(0)),
    stdout: new OutputPipe(100, () => undefined),
    stderr: new OutputPipe(100, () => undefined),
    clocks: systemClocks(),
    random: seededRandom(0),
    preopens: [],
  };
  return loadWasiP2({ wasm, name: 'test', engine: plainEngine(), world });
}

async function refusal(wasm: Uint8Array): Promise<ErrorValue> {
  try {
    await load(wasm);
  } catch (error) {
    return asErrorValue(error);
  }
  assert.fail('it was loaded');
}

/** A command whose `run` is the core function's answer, and whatever else the text has. */
const command = (body: string, more = '', version = '0.2.3'): string => `(component
  ${more}
  (core module $m (func (export "run") (result i32) ${body}))
  (core instance $i (instantiate $m))
  (func $run (result (result)) (canon lift (core func $i "run")))
  (instance $api (export "run" (func $run)))
  (export "wasi:cli/run@${version}" (instance $api)))`;

describe('executor: preview 2 components', () => {
  for (const version of ['0.2.0', '0.2.3', '0.2.12']) {
    it(`run wasi:cli/run@${version}: ok is 0, err is 1`, async () => {
      assert.equal((await load(await assemble(command('(i32.const 0)', '', version)))).run(), 0);
      assert.equal((await load(await assemble(command('(i32.const 1)', '', version)))).run(), 1);
    });
  }

  it('exit through wasi:cli/exit', async () => {
    const text = `(component
      (import "wasi:cli/exit@0.2.0" (instance $exit (export "exit" (func (param "status" (result))))))
      (alias export $exit "exit" (func $exit'))
      (core func $exit'' (canon lower (func $exit')))
      (core module $m
        (import "e" "exit" (func $exit (param i32)))
        (func (export "run") (result i32) (call $exit (i32.const 1)) (i32.const 0)))
      (core instance $i (instantiate $m (with "e" (instance (export "exit" (func $exit''))))))
      (func $run (result (result)) (canon lift (core func $i "run")))
      (instance $api (export "run" (func $run)))
      (export "wasi:cli/run@0.2.0" (instance $api)))`;
    const guest = await load(await assemble(text));
    assert.throws(
      () => guest.run(),
      (error: unknown) => error instanceof GuestExit && error.code === 1,
    );
  });

  it('leave start functions to the run, as guest code', async () => {
    const text = command('(i32.const 0)').replace(
      '(core module $m ',
      '(core module $m (func $boom unreachable) (start $boom) ',
    );
    const guest = await load(await assemble(text));
    assert.throws(() => guest.run(), WebAssembly.RuntimeError);
  });

  it('are told from core modules', async () => {
    const error = await refusal(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    assert.equal(error.code, 'not-a-component');
    assert.deepEqual(error.actions, [{ kind: 'build-for-target', target: 'wasm32-wasip2' }]);
  });

  it('need wasi:cli/run', async () => {
    const nothing = await refusal(await assemble('(component)'));
    assert.equal(nothing.code, 'missing-run');
    assert.equal(nothing.cause, 'It exports nothing.');
    const other = await refusal(
      await assemble('(component (instance $i) (export "wasi:http/incoming-handler@0.2.0" (instance $i)))'),
    );
    assert.equal(other.code, 'missing-run');
    assert.match(other.cause ?? '', /incoming-handler/);
    const empty = await refusal(
      await assemble('(component (instance $i) (export "wasi:cli/run@0.2.0" (instance $i)))'),
    );
    assert.equal(empty.code, 'missing-run');
  });

  it('of WASI 0.3 are refused by version', async () => {
    const text = '(component (instance $i) (export "wasi:cli/run@0.3.0" (instance $i)))';
    assert.equal((await refusal(await assemble(text))).code, 'unsupported-wasi-version');
    const imports = '(import "wasi:clocks/types@0.3.0" (instance (export "f" (func))))';
    const error = await refusal(await assemble(command('(i32.const 0)', imports)));
    assert.equal(error.code, 'unsupported-wasi-version');
    assert.match(error.message, /wasi:clocks\/types@0\.3\.0/);
  });

  it('are told each import that nobody provides, before anything runs', async () => {
    const imports = `
      (import "near:storage/api@0.1.0" (instance (export "get" (func (param "key" string)))))
      (import "acme:tools/log" (instance (export "log" (func))))
      (import "wasi:cli/environment@0.2.0" (instance (export "get-shell" (func))))
      (import "plain" (func))
      (import "acme:tools/types" (instance (export "t" (type (eq 0)))))`;
    const text = command('(i32.const 0)', `(type (list u8)) ${imports}`);
    const error = await refusal(await assemble(text));
    assert.equal(error.code, 'missing-import');
    assert.deepEqual(error.cause?.split('\n'), [
      'near:storage/api@0.1.0',
      'acme:tools/log',
      'wasi:cli/environment@0.2.0#get-shell',
      'plain',
    ]);
    assert.match(
      error.message,
      /near:storage\/api@0\.1\.0, which is the OutLayer worker’s; acme:tools\/log; /,
    );
    assert.match(error.hint ?? '', /OutLayer/);
  });

  it('are told of several of the worker’s what each needs, and not that nobody has them', async () => {
    const imports = ['near:vrf/api@0.1.0', 'outlayer:wallet/api@0.1.0']
      .map((name) => `(import "${name}" (instance (export "f" (func))))`)
      .join(' ');
    const { message, hint } = await refusal(await assemble(command('(i32.const 0)', imports)));
    assert.equal(
      message,
      'The component imports near:vrf/api@0.1.0, which is the OutLayer worker’s; ' +
        'outlayer:wallet/api@0.1.0, which is the OutLayer worker’s.',
    );
    assert.match(hint ?? '', /profile = "outlayer"/);
  });

  it('of the asynchronous model are refused by name', async () => {
    const text = '(component (type (stream u8)) (instance $i) (export "wasi:cli/run@0.2.0" (instance $i)))';
    const error = await refusal(await assemble(text));
    assert.equal(error.code, 'unsupported-proposal');
    assert.match(error.message, /stream/);
  });
});

describe('executor: bytes that are no component', function () {
  this.timeout(300_000);

  it('are refused with the offset', async () => {
    const wasm = await program('env');
    const error = await refusal(wasm.subarray(0, wasm.length >> 1));
    assert.equal(error.code, 'invalid-wasm');
    assert.match(error.message, /at offset \d+/);
  });

  it('never end in anything but an error value, wherever a binary is cut', async () => {
    const wasm = await assemble(command('(i32.const 0)', '(import "a:b/c" (instance (export "f" (func))))'));
    for (let length = 8; length < wasm.length; length++) {
      const error = await refusal(wasm.subarray(0, length));
      assert.notEqual(error.code, 'internal', `${length} bytes: ${error.cause}`);
    }
  });

  it('are refused or run, whichever byte is another one', async () => {
    const wasm = await program('exit');
    // Everything but the core modules, whose bytes are the engine's to judge.
    const places = structure(wasm);
    let refused = 0;
    for (let i = 0; i < places.length; i += 7) {
      const changed = wasm.slice();
      changed[places[i]!]! ^= 1 << (i % 8);
      try {
        await load(changed);
      } catch (error) {
        refused++;
        assert.ok(error instanceof WorkbenchError, `byte ${places[i]}: ${(error as Error).stack}`);
      }
    }
    assert.ok(refused > 10);
  });

  const hostile: [what: string, more: string, message: RegExp][] = [
    ['an index that is not there', '(export "x" (instance 7))', /no instance of index 7/],
    [
      'a type that is no function',
      '(type u8) (func (type 0) (canon lift (core func $i "run")))',
      /not a function type/,
    ],
    ['a type that is no value', '(type $f (func)) (type (list $f))', /not the type of a value/],
    ['an alias out of the outermost component', '(alias outer 3 0 (type))', /outermost/],
    ['an export that an instance does not have', '(alias export $api "x" (func))', /no func "x"/],
    ['a core export of another kind', '(alias core export $i "run" (core memory))', /no core memory "run"/],
    ['a resource of someone else', '(core func (canon resource.new 9))', /no type of index 9/],
    [
      'core modules that do not fit',
      '(core module $n (import "a" "b" (func))) (core instance (instantiate $n))',
      /does not link/,
    ],
  ];
  for (const [what, more, message] of hostile) {
    it(`are refused for ${what}`, async () => {
      const text = command('(i32.const 0)').replace(/\)$/, `${more})`);
      const error = await refusal(await assemble(text));
      assert.equal(error.code, 'invalid-wasm');
      assert.match(error.message, message);
    });
  }

  it('can’t make instances without end', async () => {
    // Each level makes two of the one inside it: 2^20 in all.
    let inner = '(component $c)';
    for (let level = 0; level < 20; level++) {
      inner = `(component $c ${inner} (instance (instantiate $c)) (instance (instantiate $c)))`;
    }
    const text = command('(i32.const 0)', `${inner} (instance (instantiate $c))`);
    const error = await refusal(await assemble(text));
    assert.equal(error.code, 'invalid-wasm');
    assert.match(error.message, /more than 1000 instances/);
  });

  it('can’t nest types without end', async () => {
    const types = Array.from({ length: 200 }, (_, i) => `(type (list ${i === 0 ? 'u8' : i - 1}))`).join(' ');
    const error = await refusal(await assemble(command('(i32.const 0)', types)));
    assert.match(error.message, /nests types too deep/);
  });
});

/** The offsets of all bytes outside of the core modules of a component that has them at its top level. */
function structure(wasm: Uint8Array): number[] {
  const places: number[] = [];
  let at = 8;
  while (at < wasm.length) {
    const id = wasm[at];
    let size = 0;
    let next = at + 1;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[next++]!;
      size |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    if (id !== 0 && id !== 1) for (let i = at; i < next + size; i++) places.push(i);
    at = next + size;
  }
  return places;
}
