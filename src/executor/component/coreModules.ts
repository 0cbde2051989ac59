import { ByteReader } from '../../wasm/byteReader.ts';
import type { Component } from '../../wasm/component/model.ts';
import { readCorePreamble, readSections, sectionId } from '../../wasm/sections.ts';
import type { NamedModule } from '../engine/engine.ts';

/** The core modules of a component and of those inside it, in the order in which they stand in the binary. */
export function coreModules(component: Component): NamedModule[] {
  const found: Uint8Array[] = [];
  const visit = ({ definitions }: Component): void => {
    for (const definition of definitions) {
      if (definition.kind === 'core module') found.push(definition.bytes);
      else if (definition.kind === 'component') visit(definition.component);
    }
  };
  visit(component);
  return found.map((bytes, index) => ({ name: `module[${index}]`, bytes }));
}

/** Whether instantiating a module runs code of it. */
export function hasStart(module: Uint8Array): boolean {
  const reader = new ByteReader(module);
  readCorePreamble(reader);
  return readSections(reader).some((section) => section.id === sectionId.start);
}
