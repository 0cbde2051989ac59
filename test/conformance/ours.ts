import { createHash } from 'node:crypto';
import type { CoreEngine, EngineOptions } from '../../src/executor/engine/engine.ts';
import { MeteredEngine } from '../../src/executor/engine/meteredEngine.ts';
import { GuestExit } from '../../src/executor/guest.ts';
import { systemClocks } from '../../src/executor/host/clocks.ts';
import { seededRandom } from '../../src/executor/host/random.ts';
import { InputPipe, OutputPipe } from '../../src/executor/host/stdio.ts';
import type { World } from '../../src/executor/host/world.ts';
import { loadWasiP1 } from '../../src/executor/wasiP1.ts';
import { loadWasiP2 } from '../../src/executor/wasiP2.ts';

import type { FuelModel } from '../../src/shared/fuelModel.ts';
import { coreSections, readExports } from '../../src/wasm/coreModule.ts';
import { defaultLimits, stderrCapBytes, stdoutCapBytes } from '../../src/shared/limits.ts';
import { endingOf } from './ending.ts';
import type { CallOutcome, Ending, Outcome } from './outcome.ts';
import { type Call, defaultMemoryMb, type Program } from './program.ts';
import { textOf, toJs } from './values.ts';

/**
 * Runs a program on our engine, in this process, and tells the outcome in the oracles' terms.
 *
 * @param profile what is counted besides fuel
 */
export async function runOurs(
  program: Program,
  fuelModel: FuelModel,
  fuel: number,
  profile?: EngineOptions['profile'],
): Promise<Outcome> {
  const maxMemoryMb = program.memoryMb ?? defaultMemoryMb;
  const limits = { ...defaultLimits, maxInstructions: fuel, maxMemoryMb };
  const engine = new MeteredEngine({ fuelModel, limits, ...(profile && { profile }) });
  return program.kind === 'core' ? runCore(program, engine) : runCommand(program, engine);
}

async function runCommand(program: Program, engine: CoreEngine): Promise<Outcome> {
  const stdout: Uint8Array[] = [];
  const stderr: Uint8Array[] = [];
  const limits = { ...defaultLimits, maxMemoryMb: program.memoryMb ?? defaultMemoryMb };
  const world: World = {
    argv: program.argv ?? [],
    env: program.env ?? [],
    stdin: new InputPipe(program.stdin ?? new Uint8Array()),
    stdout: new OutputPipe(stdoutCapBytes(limits), (bytes) => stdout.push(bytes.slice())),
    stderr: new OutputPipe(stderrCapBytes, (bytes) => stderr.push(bytes.slice())),
    clocks: systemClocks(),
    random: seededRandom(0),
    preopens: [],
  };
  const load = program.kind === 'p1' ? loadWasiP1 : loadWasiP2;
  const [{ bytes, name }] = program.modules as [(typeof program.modules)[0]];
  const ending = await ended(engine, async () => {
    const code = (await load({ wasm: bytes, name, engine, world })).run();
    if (code !== 0) throw new GuestExit(code);
  });
  return {
    ...ending,
    fuel: engine.fuelUsed(),
    stdout: Buffer.concat(stdout).toString('base64'),
    stderr: Buffer.concat(stderr).toString('base64'),
    calls: [],
    memories: {},
    globals: {},
  };
}

async function runCore(program: Program, engine: CoreEngine): Promise<Outcome> {
  const calls: CallOutcome[] = [];
  let instance: WebAssembly.Instance | undefined;
  let ending = await ended(engine, async () => {
    const compiled = await engine.compile(program.modules);
    const exports: WebAssembly.Imports = {};
    for (const module of compiled) {
      instance = undefined;
      instance = engine.instantiate(module, exports);
      exports[module.name] = instance.exports;
    }
  });
  if (ending.kind === 'ok' && instance !== undefined) {
    for (const call of program.calls ?? []) {
      calls.push(await callExport(engine, instance, call));
      if (engine.outOfFuel) break; // a run ends there
    }
    ending = calls.at(-1) ?? ending;
  }
  const { kind, exitCode, detail } = ending;
  const seen =
    instance === undefined ? { memories: {}, globals: {} } : observe(instance, program.modules.at(-1)!.bytes);
  return { kind, exitCode, detail, fuel: engine.fuelUsed(), stdout: '', stderr: '', calls, ...seen };
}

async function callExport(
  engine: CoreEngine,
  instance: WebAssembly.Instance,
  call: Call,
): Promise<CallOutcome> {
  let results: string[] = [];
  const ending = await ended(engine, () => {
    const func = instance.exports[call.export] as (...args: unknown[]) => unknown;
    const returned = func(...(call.args ?? []).map(toJs));
    const values = returned === undefined ? [] : Array.isArray(returned) ? returned : [returned];
    results = values.map(textOf);
  });
  return { ...ending, results, fuel: engine.fuelUsed() };
}

async function ended(engine: CoreEngine, run: () => void | Promise<void>): Promise<Ending> {
  try {
    await run();
    return { kind: 'ok', exitCode: 0, detail: null };
  } catch (thrown) {
    return endingOf(thrown, engine.outOfFuel);
  }
}

/** What the program exports by itself; the metering adds exports of its own. */
function observe(instance: WebAssembly.Instance, bytes: Uint8Array): Pick<Outcome, 'memories' | 'globals'> {
  const memories: Record<string, { bytes: number; sha256: string }> = {};
  const globals: Record<string, string> = {};
  for (const { name } of readExports(bytes, coreSections(bytes))) {
    const item = instance.exports[name];
    if (item instanceof WebAssembly.Memory) {
      const content = new Uint8Array(item.buffer);
      memories[name] = { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
    } else if (item instanceof WebAssembly.Global) {
      const value = numberIn(item);
      if (value !== null) globals[name] = textOf(value);
    }
  }
  return { memories, globals };
}

/** Null for a reference, and for a vector, which JavaScript can't read. */
function numberIn(global: WebAssembly.Global): number | bigint | null {
  try {
    const value: unknown = global.value;
    return typeof value === 'bigint' || typeof value === 'number' ? value : null;
  } catch {
    return null;
  }
}
