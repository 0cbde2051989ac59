/** One program of the corpus on one input. */
export interface Case {
  /** What it shows. */
  readonly title: string;
  readonly bin: string;
  readonly stdin?: Uint8Array;
  /** Without the program's name. */
  readonly args?: readonly string[];
  readonly env?: readonly (readonly [string, string])[];
  /** A folder of its own is given as `.`, with a file beside it that must stay out of reach. */
  readonly folder?: boolean;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const megabytes = (count: number) => new Uint8Array(count << 20).map((_, at) => at * 31 + (at >> 8));

export const cases: readonly Case[] = [
  { title: 'no arguments, an empty environment', bin: 'arguments' },
  {
    title: 'arguments, one of them empty, one not ASCII',
    bin: 'arguments',
    args: ['one', '', 'größe 東京', '--x=y'],
  },
  {
    title: 'variables in their order, one empty, one not ASCII',
    bin: 'arguments',
    env: [
      ['B', '2'],
      ['A', '1'],
      ['EMPTY', ''],
      ['LONG', 'x'.repeat(5000)],
      ['ÜML', 'äöü=1'],
    ],
  },
  { title: 'empty stdin', bin: 'echo', stdin: bytes('') },
  { title: 'a byte of stdin', bin: 'echo', stdin: bytes('x') },
  { title: 'stdin that is not UTF-8', bin: 'echo', stdin: Uint8Array.of(0xff, 0xfe, 0, 0x80, 10) },
  { title: '64 KiB and a byte', bin: 'echo', stdin: megabytes(1).subarray(0, 65_537) },
  { title: '1 MB in and out', bin: 'echo', stdin: megabytes(1) },
  { title: '10 MB in and out', bin: 'echo', stdin: megabytes(10) },
  { title: '10 MB in, a line out', bin: 'digest', stdin: megabytes(10) },
  { title: 'lines of both endings', bin: 'lines', stdin: bytes('one\ntwo\r\n\nthree') },
  { title: 'stdin that is never read', bin: 'floats', stdin: megabytes(1) },
  { title: 'writes of many sizes, and stderr in between', bin: 'output' },
  { title: 'exit 0', bin: 'exits', stdin: bytes('0') },
  { title: 'exit 1', bin: 'exits', stdin: bytes('1') },
  { title: 'exit 42', bin: 'exits', stdin: bytes('42') },
  { title: 'exit 125', bin: 'exits', stdin: bytes('125') },
  { title: 'an error returned from main', bin: 'fails' },
  { title: 'a panic', bin: 'panics' },
  { title: 'a division, well', bin: 'divides', args: ['2'] },
  { title: 'an abort', bin: 'aborts' },
  { title: 'allocations beyond the limit', bin: 'allocation' },
  { title: 'files', bin: 'files', folder: true },
  { title: 'files without a folder', bin: 'files' },
  { title: 'clocks and a sleep', bin: 'clocks' },
  {
    title: 'JSON',
    bin: 'json',
    stdin: bytes('[{"name":"a","price":1.5,"tags":["x"]},{"name":"ü","price":2}]'),
  },
  { title: 'JSON that is broken', bin: 'json', stdin: bytes('[{"name":') },
  { title: 'regular expressions', bin: 'patterns', stdin: bytes('on 2024-02-29\nund 1999-12-31: größe') },
  { title: 'Unicode', bin: 'text' },
  { title: 'trait objects', bin: 'closures' },
  { title: 'SIMD', bin: 'vectors' },
  { title: 'slices', bin: 'copying' },
];
