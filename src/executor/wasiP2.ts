import { WorkbenchError } from '../shared/workbenchError.ts';
import { readComponent } from '../wasm/component/readComponent.ts';
import { ComponentError } from './component/componentError.ts';
import { checkImports } from './component/checkImports.ts';
import { coreModules, hasStart } from './component/coreModules.ts';
import { hostFunctions } from './component/hostFunctions.ts';
import { instantiate } from './component/instantiate.ts';
import { requiredImports } from './component/requiredImports.ts';
import type { Externs } from './component/scope.ts';
import type { ComponentFunc } from './component/types.ts';
import { splitVersion } from './component/names.ts';
import type { LoadGuest } from './guest.ts';
import { HttpThread } from './host/http/httpThread.ts';
import { manifestHosts } from './host/http/manifest.ts';
import { openFilesystem } from './host/filesystem/filesystem.ts';
import { preview2 } from './host/preview2/preview2.ts';
import { isWorkerInterface } from './host/worker/interfaces.ts';
import type { WorkerHost } from './host/worker/workerHost.ts';
import type { World } from './host/world.ts';
import type { RequiredImport } from './component/requiredImports.ts';
import { checkRunExport, isRun } from './wasiP2Checks.ts';

/**
 * Loads a component that exports `wasi:cli/run` of any 0.2. Its core modules are linked straight to the host, by
 * the types that the component carries.
 */
export const loadWasiP2: LoadGuest = async ({ wasm, engine, world }) => {
  refuseCoreModule(wasm);
  const component = readComponent(wasm);
  checkRunExport(component);
  const filesystem = openFilesystem(world.preopens);
  const network = new HttpThread(world.network ?? null, world.clocks);
  let worker: WorkerHost | null = null;
  const close = () => {
    network.close();
    worker?.close();
    filesystem.close();
  };
  try {
    const imports = requiredImports(component);
    worker = await workerOf(imports, world, wasm);
    const host = { ...preview2(world, filesystem, network), ...worker?.interfaces };
    checkImports(imports, host, world.worker?.options);
    if (imports.some(({ name }) => name.startsWith('wasi:http/')))
      network.manifestHosts = manifestHosts(wasm);
    const modules = coreModules(component);
    const compiled = await engine.compile(modules);
    const byBytes = new Map(modules.map(({ bytes }, i) => [bytes, compiled[i]!]));
    const all = hostFunctions(host);
    const functions = world.hostCalls?.ofComponent(all) ?? all;
    const link = (): ComponentFunc => runFunction(instantiate(component, byBytes, engine, functions));
    // Instantiating runs start functions, which are the program's first instructions already.
    const linked = modules.some(({ bytes }) => hasStart(bytes)) ? null : link();
    return {
      run: () => exitCode(linked ?? link()),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
};

/** The worker's own interfaces, which most programs do without: they and the database cost nothing then. */
async function workerOf(
  imports: readonly RequiredImport[],
  world: World,
  wasm: Uint8Array,
): Promise<WorkerHost | null> {
  const names = imports.map(({ name }) => splitVersion(name).base).filter(isWorkerInterface);
  if (names.length === 0) return null;
  const { openWorker } = await import('./host/worker/workerHost.ts');
  return openWorker(new Set(names), world, wasm);
}

function exitCode(run: ComponentFunc): number {
  try {
    run.call();
    return 0;
  } catch (error) {
    if (error instanceof ComponentError) return 1;
    throw error;
  }
}

/** The version in the preamble of a core module; a component has 0x0d there, and its layer after it. */
function refuseCoreModule(wasm: Uint8Array): void {
  const preamble = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  if (!preamble.every((byte, at) => wasm[at] === byte)) return;
  throw new WorkbenchError('not-a-component', 'This is a core WebAssembly module, not a component.', {
    hint: 'Build it for wasm32-wasip2, or run it as what it is: wasm32-wasip1 or wasm32-unknown-unknown.',
    actions: [{ kind: 'build-for-target', target: 'wasm32-wasip2' }],
  });
}

function runFunction(exports: Externs): ComponentFunc {
  for (const [name, { sort, value }] of exports) {
    if (!isRun(name) || sort !== 'instance') continue;
    const run = (value as Externs).get('run');
    if (run?.sort === 'func') return run.value as ComponentFunc;
  }
  throw new WorkbenchError('missing-run', 'The component exports wasi:cli/run without its function run.', {
    hint: 'Build the program again; the file may be damaged.',
  });
}
