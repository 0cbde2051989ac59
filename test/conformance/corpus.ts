import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fuelModels } from '../../src/shared/fuelModel.ts';
import type { Program } from './program.ts';

type Input = Pick<Program, 'stdin' | 'argv' | 'env' | 'everyLimit'>;

const bytes = (text: string) => new TextEncoder().encode(text);
const repeated = (text: string, times: number) => bytes(text.repeat(times));

const items = bytes(
  JSON.stringify([
    { name: 'pear', price: 1.25, tags: ['green', 'süß'] },
    { name: 'apple', price: 0.1 },
    { name: 'pear', price: -3e-7, tags: [] },
  ]),
);

/** What each program of the corpus is run on; the name of an input follows the program's. */
const inputs: Readonly<Record<string, Readonly<Record<string, Input>>>> = {
  aborts: { '': {} },
  allocation: { '': {} },
  arguments: {
    '': {},
    some: {
      argv: ['program', 'one', '', 'größe'],
      env: [
        ['A', '1'],
        ['EMPTY', ''],
        ['ÜML', 'äöü'],
      ],
    },
  },
  closures: { '': {} },
  collections: { '': {} },
  copying: { '': {} },
  digest: { '': {}, 'a long input': { stdin: repeated('0123456789abcdef', 5000) } },
  divides: { '': {}, 'by two': { argv: ['program', 'x'], everyLimit: true } },
  echo: {
    '': {},
    'a short input': { stdin: bytes('hi') },
    '1 MB': { stdin: repeated('x', 1 << 20) },
  },
  exits: { 0: { stdin: bytes('0') }, 1: { stdin: bytes('1') }, 7: { stdin: bytes('7') } },
  fails: { '': {} },
  floats: { '': {} },
  hashing: { '': {} },
  integers: { '': {} },
  interpreter: { '': {} },
  json: { '': { stdin: items }, 'a broken one': { stdin: items.slice(0, 40) } },
  lines: { '': { stdin: bytes('one\ntwo\r\n\nthree') }, many: { stdin: repeated('a line of text\n', 3000) } },
  output: { '': {} },
  panics: { '': {} },
  patterns: { '': { stdin: bytes('the date 2024-02-29 is fine\nund 1999-12-31 auch: größe') } },
  recursion: { '': {} },
  text: { '': {} },
  vectors: { '': {} },
};

const profiles = ['o0', 'o1', 'o3', 'os', 'oz'];

/** The Rust programs at every level of optimisation, for both previews, from cargo's target folder. */
export function corpusPrograms(targetDir: string): Program[] {
  return (['p1', 'p2'] as const).flatMap((kind) =>
    profiles.flatMap((profile) =>
      Object.entries(inputs).flatMap(([bin, cases]) => {
        const path = join(targetDir, `wasm32-wasi${kind}`, profile, `${bin}.wasm`);
        const modules = [{ name: bin, bytes: readFileSync(path) }];
        return Object.entries(cases).map(([label, input]): Program => ({
          ...input,
          // Unoptimised code costs too much to try under thousands of limits.
          everyLimit: input.everyLimit === true && profile === 'oz',
          name: `rust/${kind}/${profile}/${bin}${label === '' ? '' : ` (${label})`}`,
          kind,
          modules,
          // The package of wasmtime 50 permits stdout 64 KiB at a time, the worker's pipe all that is left: a guest
          // that writes more at once takes more rounds there.
          models: kind === 'p2' && bin === 'output' ? ['wasmtime-28'] : fuelModels,
        }));
      }),
    ),
  );
}
