import { parseArgs } from 'node:util';
import { ensureOracles } from '../../scripts/lib/oracles.mjs';
import { Oracle } from '../conformance/oracle.ts';
import { printVerdict } from './bars.ts';
import { computeBench } from './compute.ts';
import { loadBench } from './loads.ts';
import { passBench } from './pass.ts';
import { profileBench } from './profiles.ts';
import { streamBench } from './streams.ts';

const { values: options } = parseArgs({
  options: { bins: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const bins = options.bins!;
const rounds = options.quick ? 1 : 5;

const commands = await ensureOracles();
using python = new Oracle(commands['wasmtime-28']);
// Its streams are in memory, as the worker's are; the Python package's are files.
using rust = new Oracle(commands['wasmtime-28-p2']);
passBench(bins, rounds);
await loadBench(bins, rust, rounds * 3);
await streamBench(bins, rust, rounds);
await computeBench(bins, python, rounds * 3);
await profileBench(bins, rounds);
printVerdict();
