import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import assert from 'node:assert/strict';
import { WorkbenchError, type ErrorCode } from '../../../../src/shared/workbenchError.ts';
import type { Definition } from '../../../../src/wasm/component/model.ts';
import { readComponent } from '../../../../src/wasm/component/readComponent.ts';

async function definitions(text: string): Promise<readonly Definition[]> {
  return readComponent(await parse(text)).definitions;
}

const preamble = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00];

/** A component of one section. */
function section(id: number, ...contents: number[]): Uint8Array {
  return Uint8Array.of(...preamble, id, contents.length, ...contents);
}

function refused(bytes: Uint8Array, code: ErrorCode, message: RegExp): void {
  assert.throws(
    () => readComponent(bytes),
    (error: unknown) => {
      assert.ok(error instanceof WorkbenchError);
      assert.equal(error.value.code, code);
      assert.match(error.value.message, message);
      return true;
    },
  );
}

describe('reading components', () => {
  it('reads definitions in order, core modules as their bytes', async () => {
    const found = await definitions(`(component
      (core module $m (func (export "f")))
      (core instance $i (instantiate $m))
      (alias core export $i "f" (core func $f))
      (type $t (func))
      (func $g (type $t) (canon lift (core func $f)))
      (export "g" (func $g)))`);
    assert.deepEqual(
      found.map((definition) => definition.kind),
      ['core module', 'instantiate core module', 'alias core export', 'type', 'lift', 'export'],
    );
    const [module] = found;
    assert.ok(module?.kind === 'core module');
    assert.ok(WebAssembly.validate(module.bytes as Uint8Array<ArrayBuffer>));
  });

  it('reads imports with what they are', async () => {
    const found = await definitions(`(component
      (import "a:b/c@1.0.0" (instance
        (export "r" (type (sub resource)))
        (export "f" (func (param "x" (borrow 0)) (result u8)))))
      (import "g" (func (param "s" string))))`);
    const [type, instance, func, plain] = found;
    assert.ok(type?.kind === 'type' && type.type.kind === 'instance type');
    assert.deepEqual(type.type.declarations[0], {
      kind: 'export',
      name: 'r',
      desc: { kind: 'type', bound: { kind: 'sub resource' } },
    });
    assert.deepEqual(instance, { kind: 'import', name: 'a:b/c@1.0.0', desc: { kind: 'instance', type: 0 } });
    assert.ok(func?.kind === 'type');
    assert.deepEqual(func.type, { kind: 'func', params: [{ name: 's', type: 'string' }], result: null });
    assert.deepEqual(plain, { kind: 'import', name: 'g', desc: { kind: 'func', type: 1 } });
  });

  it('reads every kind of type', async () => {
    const texts = [
      ['bool', { kind: 'primitive', type: 'bool' }],
      ['(list s64)', { kind: 'list', element: 's64' }],
      ['(tuple f32 f64)', { kind: 'tuple', types: ['f32', 'f64'] }],
      ['(record (field "a" char))', { kind: 'record', fields: [{ name: 'a', type: 'char' }] }],
      ['(enum "a" "b")', { kind: 'enum', names: ['a', 'b'] }],
      ['(flags "a")', { kind: 'flags', names: ['a'] }],
      ['(option u16)', { kind: 'option', type: 'u16' }],
      ['(result (error string))', { kind: 'result', ok: null, err: 'string' }],
      [
        '(variant (case "a") (case "b" u8))',
        {
          kind: 'variant',
          cases: [
            { name: 'a', type: null },
            { name: 'b', type: 'u8' },
          ],
        },
      ],
      ['(resource (rep i32))', { kind: 'resource', destructor: null }],
    ] as const;
    for (const [text, type] of texts) {
      assert.deepEqual(await definitions(`(component (type ${text}))`), [{ kind: 'type', type }]);
    }
  });

  it('reads canonical options', async () => {
    const found = await definitions(`(component
      (import "f" (func $f (result string)))
      (core module $m (memory (export "m") 1) (func (export "r") (param i32 i32 i32 i32) (result i32) unreachable))
      (core instance $i (instantiate $m))
      (alias core export $i "m" (core memory $mem))
      (core func (canon lower (func $f) (memory $mem) string-encoding=latin1+utf16 (realloc (core func $i "r")))))`);
    const lower = found.find((definition) => definition.kind === 'lower');
    assert.deepEqual(lower?.options, { encoding: 'latin1+utf16', memory: 0, realloc: 0, postReturn: null });
  });

  it('reads components inside of components', async () => {
    const [inner] = await definitions('(component (component (type u8)))');
    assert.deepEqual(inner, {
      kind: 'component',
      component: { definitions: [{ kind: 'type', type: { kind: 'primitive', type: 'u8' } }] },
    });
  });

  it('refuses other preambles', () => {
    refused(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), 'invalid-wasm', /magic number at offset 0/);
    refused(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), 'invalid-wasm', /version 0x0d .* at offset 4/);
    refused(Uint8Array.of(0, 0x61), 'invalid-wasm', /unexpected end/);
  });

  it('refuses what the format does not have, with the offset', () => {
    refused(section(13, 0), 'invalid-wasm', /unknown section \(id 13\) at offset 8/);
    refused(section(9, 0), 'invalid-wasm', /start function/);
    refused(section(7, 1, 0x20), 'invalid-wasm', /unknown type \(code 32\) at offset 11/);
    refused(section(7, 1, 0x72, 0), 'invalid-wasm', /empty type at offset 11/);
    refused(section(7, 1, 0x3f, 0x7e, 0), 'invalid-wasm', /not represented by an i32/);
    refused(section(7, 200, 0x7f), 'invalid-wasm', /vector longer than its section/);
    refused(section(7, 1, 0x7f, 0x7f), 'invalid-wasm', /longer than its contents/);
    refused(section(3, 0xff, 0xff, 0xff, 0xff, 0x0f), 'invalid-wasm', /vector longer than its section/);
  });

  it('refuses the asynchronous half of the component model by name', () => {
    refused(section(7, 1, 0x66, 1, 0x7d), 'unsupported-proposal', /stream/);
    refused(section(7, 1, 0x65, 0), 'unsupported-proposal', /future/);
    refused(section(8, 1, 0x05), 'unsupported-proposal', /asynchronous/);
    refused(section(8, 1, 0x01, 0x00, 0, 1, 0x06), 'unsupported-proposal', /asynchronous/);
  });

  it('refuses components nested too deep', () => {
    let bytes: number[] = [...preamble];
    for (let i = 0; i < 110; i++) {
      const size = bytes.length;
      bytes = [...preamble, 4, (size & 0x7f) | 0x80, (size >> 7) & 0x7f, ...bytes];
    }
    refused(Uint8Array.from(bytes), 'invalid-wasm', /nested too deep/);
  });
});
