import assert from 'node:assert/strict';
import { meter } from '../../../src/fuel/meter.ts';
import { WorkbenchError } from '../../../src/shared/workbenchError.ts';
import { assemble } from './assemble.ts';
import { options } from './metered.ts';

const preamble = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const section = (id: number, ...contents: number[]) => [id, contents.length, ...contents];
const withBody = (...code: number[]) =>
  Uint8Array.from([
    ...preamble,
    ...section(1, 1, 0x60, 0, 0),
    ...section(3, 1, 0),
    ...section(10, 1, code.length + 2, 0, ...code, 0x0b),
  ]);

function refusal(bytes: Uint8Array): string {
  try {
    meter(bytes, options);
  } catch (error) {
    if (error instanceof WorkbenchError && error.value.code === 'unsupported-proposal') return error.message;
    throw error;
  }
  throw new Error('it was metered');
}

describe('Fuel: proposals that no model describes', () => {
  const cases: readonly (readonly [proposal: string, what: string, bytes: Uint8Array])[] = [
    ['threads', 'a shared memory', assemble('(module (memory 1 1 shared))')],
    ['threads', 'an atomic operator', withBody(0xfe, 0x03, 0x00)],
    ['memory64', 'a 64-bit memory', assemble('(module (memory i64 1))')],
    [
      'exception-handling',
      'a tag section',
      Uint8Array.from([...preamble, ...section(1, 1, 0x60, 0, 0), ...section(13, 1, 0, 0)]),
    ],
    ['exception-handling', 'try_table', withBody(0x1f, 0x40, 0, 0x0b)],
    ['exception-handling', 'the older try', withBody(0x06, 0x40, 0x0b)],
    ['gc', 'a struct type', Uint8Array.from([...preamble, ...section(1, 1, 0x5f, 0)])],
    ['gc', 'a struct operator', withBody(0xfb, 0x01, 0)],
    ['function-references', 'call_ref', withBody(0x14, 0)],
    [
      'function-references',
      'a typed reference',
      Uint8Array.from([...preamble, ...section(1, 1, 0x60, 1, 0x64, 0, 0)]),
    ],
    ['custom-page-sizes', 'a page size', Uint8Array.from([...preamble, ...section(5, 1, 8, 1, 0)])],
    ['wide-arithmetic', 'i64.add128', withBody(0xfc, 19)],
  ];
  for (const [proposal, what, bytes] of cases) {
    it(`refuses ${what} and names ${proposal}`, () => {
      assert.ok(refusal(bytes).includes(`"${proposal}"`), refusal(bytes));
    });
  }
});
