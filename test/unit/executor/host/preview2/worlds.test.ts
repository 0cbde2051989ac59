import { componentEmbed, componentNew } from '@bytecodealliance/jco-transpile/wasm-tools';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../../../scripts/lib/places.mjs';
import { checkImports } from '../../../../../src/executor/component/checkImports.ts';
import { coreModules } from '../../../../../src/executor/component/coreModules.ts';
import { hostFunctions } from '../../../../../src/executor/component/hostFunctions.ts';
import { instantiate } from '../../../../../src/executor/component/instantiate.ts';
import { requiredImports } from '../../../../../src/executor/component/requiredImports.ts';
import { readComponent } from '../../../../../src/wasm/component/readComponent.ts';
import { plainEngine } from '../plainEngine.ts';
import { testHost } from './testHost.ts';

const witFolder = join(root, 'node_modules/@bytecodealliance/jco/lib/wit/builtin/0.2.12');

/** A component that imports all of a world and uses nothing of it, made from the WIT of WASI 0.2.12. */
async function componentOf(world: string): Promise<Uint8Array> {
  // A package of its own file begins with its name; beside others in one source it is a block.
  const packages = readdirSync(witFolder).map((name) => {
    const text = readFileSync(join(witFolder, name, 'package.wit'), 'utf8');
    return text.replace(/^package ([^;]+);/m, 'package $1 {') + '}';
  });
  const witSource = ['package test:all;', `world all { ${world} }`, ...packages].join('\n');
  return componentNew(await componentEmbed({ witSource, world: 'all', dummy: true }));
}

describe('host: the worlds of WASI 0.2', () => {
  for (const [world, interfaces] of [
    ['include wasi:cli/command@0.2.12;', 20],
    ['include wasi:http/imports@0.2.12;', 10],
  ] as const) {
    it(`has every function of: ${world}`, async () => {
      const component = readComponent(await componentOf(world));
      const required = requiredImports(component);
      assert.ok(required.length >= interfaces, `${required.length} interfaces`);
      const { host } = testHost();
      checkImports(required, host);
      const modules = coreModules(component);
      const engine = plainEngine();
      const compiled = await engine.compile(modules);
      const byBytes = new Map(modules.map(({ bytes }, i) => [bytes, compiled[i]!]));
      assert.ok(instantiate(component, byBytes, engine, hostFunctions(host)));
    });
  }
});
