import { wat } from '../../support.ts';
import { encodeUtf8 } from '../../../../../src/shared/text.ts';

/** A call of preview 1: a number for an i32, a bigint for an i64, a text or bytes for a pointer and a length. */
export type Call = readonly [name: string, ...args: (number | bigint | string | Uint8Array)[]];

/** Where calls may have their results put. */
export const result = 256;
const errnos = 1024;
const strings = 4096;

/** A module without any library, which makes the calls and writes the errno of each to stdout, as 16 bits. */
export function rawModule(calls: readonly Call[]): Uint8Array {
  let end = strings;
  const data: string[] = [];
  const place = (bytes: Uint8Array): string => {
    const at = end;
    end += bytes.length;
    const escaped = [...bytes].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
    data.push(`(data (i32.const ${at}) "${escaped}")`);
    return `(i32.const ${at}) (i32.const ${bytes.length})`;
  };
  const imports = new Map<string, string>();
  const made = calls.map(([name, ...args], index) => {
    const types: string[] = [];
    const values = args.map((arg) => {
      if (typeof arg === 'bigint') return (types.push('i64'), `(i64.const ${arg})`);
      if (typeof arg === 'number') return (types.push('i32'), `(i32.const ${arg})`);
      types.push('i32', 'i32');
      return place(typeof arg === 'string' ? encodeUtf8(arg) : arg);
    });
    imports.set(name, declared(name, types));
    return `(i32.store16 (i32.const ${errnos + 2 * index}) (call $${name} ${values.join(' ')}))`;
  });
  imports.set('fd_write', declared('fd_write', ['i32', 'i32', 'i32', 'i32']));
  return wat(`(module
    ${[...imports.values()].join('\n')}
    (memory (export "memory") ${1 + Math.ceil(end / 65536)})
    ${data.join('\n')}
    (func (export "_start")
      ${made.join('\n')}
      (i32.store (i32.const 0) (i32.const ${errnos}))
      (i32.store (i32.const 4) (i32.const ${2 * calls.length}))
      (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))`);
}

const declared = (name: string, types: readonly string[]): string =>
  `(import "wasi_snapshot_preview1" "${name}" (func $${name} (param ${types.join(' ')}) (result i32)))`;
