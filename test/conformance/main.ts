import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureOracles, type OracleName } from '../../scripts/lib/oracles.mjs';
import { type FuelModel, fuelModels } from '../../src/shared/fuelModel.ts';
import { Comparison, type Difference } from './compare.ts';
import { componentPrograms } from './components.ts';
import { corpusPrograms } from './corpus.ts';
import { coverage } from './coverage.ts';
import { randomPrograms, specPrograms } from './generated.ts';
import { operatorPrograms } from './operators/index.ts';
import { Oracle, OracleFailed } from './oracle.ts';
import type { Program } from './program.ts';
import { shapePrograms } from './shapes/index.ts';

const { values: options } = parseArgs({
  options: {
    /** Programs whose name contains this, alone. */
    only: { type: 'string', default: '' },
    model: { type: 'string' },
    random: { type: 'string', default: '150' },
    seed: { type: 'string', default: '1' },
    /** Try each under every limit, not only those that ask for it. */
    limits: { type: 'boolean', default: false },
    /** A folder of .wast files, run instead of all else. */
    spec: { type: 'string' },
    corpus: { type: 'string' },
    generator: { type: 'string' },
  },
});

const programs = await choosePrograms();
const models = fuelModels.filter((model) => options.model === undefined || options.model === model);
const oracles = await ensureOracles();
const counts = { passed: 0, failed: 0, skipped: 0 };
for (const model of models) {
  for (const [oracle, kinds] of oraclesOf(model)) {
    await compareAll(
      model,
      oracle,
      programs.filter(({ kind, models: own = fuelModels }) => kinds.includes(kind) && own.includes(model)),
    );
  }
}
reportCoverage();
const { WASI_WORKBENCH_REPORT: report } = process.env;
if (report !== undefined) writeFileSync(report, JSON.stringify(counts));
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;

async function choosePrograms(): Promise<Program[]> {
  if (options.spec !== undefined) return specPrograms(options.generator!, options.spec);
  const all = [
    ...(await operatorPrograms()),
    ...(await shapePrograms()),
    ...(await componentPrograms()),
    ...(options.corpus === undefined ? [] : corpusPrograms(options.corpus)),
    ...(options.generator === undefined
      ? []
      : await randomPrograms(options.generator, Number(options.seed), Number(options.random))),
  ];
  return all
    .filter(({ name }) => name.includes(options.only))
    .map((program) => (options.limits ? { ...program, everyLimit: true } : program));
}

function oraclesOf(model: FuelModel): [OracleName, Program['kind'][]][] {
  if (model === 'wasmtime-current') return [[model, ['core', 'p1', 'p2']]];
  return [
    [model, ['core', 'p1']],
    ['wasmtime-28-p2', ['p2']],
  ];
}

async function compareAll(
  model: FuelModel,
  oracleName: OracleName,
  chosen: readonly Program[],
): Promise<void> {
  if (chosen.length === 0) return;
  using oracle = new Oracle(oracles[oracleName]);
  const comparison = new Comparison(oracle, model);
  const differences: Difference[] = [];
  const unanswered: string[] = [];
  for (const program of chosen) {
    try {
      const found = await comparison.run(program);
      if (found !== null) differences.push(found);
    } catch (error) {
      if (!(error instanceof OracleFailed)) throw error;
      unanswered.push(error.message);
    }
  }
  const failed = differences.length + unanswered.length;
  const equal = chosen.length - failed;
  counts.passed += equal;
  counts.failed += failed;
  console.log(`${oracleName}, model ${model}: ${equal} of ${chosen.length} programs equal`);
  for (const message of unanswered) console.log(`  not compared: ${message}`);
  const [first, ...others] = differences;
  if (first === undefined) return;
  console.log(`  first difference: ${first.program}, limit ${first.limit}: ${first.what}`);
  if (first.where !== null) console.log(first.where);
  for (const { program, limit, what } of others) console.log(`  also: ${program}, limit ${limit}: ${what}`);
}

/** Counts as one test, where all programs ran. */
function reportCoverage(): void {
  const { executed, missing } = coverage(programs);
  console.log(`operators executed at least once: ${executed} of ${executed + missing.length}`);
  if (options.only !== '' || options.spec !== undefined) return;
  if (missing.length === 0) counts.passed++;
  else {
    counts.failed++;
    console.log(`  not executed: ${missing.join(', ')}`);
  }
}
