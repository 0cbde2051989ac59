import { WorkbenchError } from '../../../shared/workbenchError.ts';
import { ByteReader } from '../../../wasm/byteReader.ts';
import { preambleLength, readSections } from '../../../wasm/sections.ts';

const sectionName = 'outlayer.manifest';
const mostBytes = 64 * 1024;
/** Sections with code of their own inside a component (Component Model, Binary.md): core modules and components. */
const nested = [1, 4];
const customSection = 0;

/**
 * The host names that a program's `outlayer.manifest` section lets it reach; null where it has none, or names none.
 * The first section counts, in the component itself or in a module or component inside of it.
 *
 * @throws WorkbenchError `invalid-wasm` for a manifest that can't be read: what it forbids is then not known
 */
export function manifestHosts(wasm: Uint8Array): readonly string[] | null {
  const section = findSection(wasm, 0, wasm.length);
  return section === null ? null : hostsOf(section);
}

function findSection(wasm: Uint8Array, start: number, end: number): Uint8Array | null {
  const reader = new ByteReader(wasm, start + preambleLength, end);
  const isComponent = wasm[start + 4] === 0x0d;
  for (const { id, contentStart, end: sectionEnd } of readSections(reader)) {
    if (id === customSection) {
      const content = new ByteReader(wasm, contentStart, sectionEnd);
      if (content.name() === sectionName) return wasm.subarray(content.position, sectionEnd);
    } else if (isComponent && nested.includes(id)) {
      const found = findSection(wasm, contentStart, sectionEnd);
      if (found !== null) return found;
    }
  }
  return null;
}

function hostsOf(section: Uint8Array): readonly string[] | null {
  if (section.length > mostBytes)
    throw unreadable(`it has ${section.length} bytes; ${mostBytes} are allowed`);
  let manifest: Manifest;
  try {
    manifest = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(section)) as Manifest;
  } catch (error) {
    throw unreadable((error as Error).message);
  }
  const network = manifest?.capabilities?.network ?? manifest?.network;
  if (network === undefined) return null;
  if (Array.isArray(network) && network.every((host) => typeof host === 'string')) return network;
  throw unreadable('its network is not a list of host names');
}

type Manifest = { readonly capabilities?: { readonly network?: unknown }; readonly network?: unknown } | null;

function unreadable(cause: string): WorkbenchError {
  return new WorkbenchError('invalid-wasm', `The program's ${sectionName} section can't be read.`, {
    cause,
    hint: 'Write it as JSON such as {"capabilities": {"network": ["api.example.com"]}}.',
  });
}
