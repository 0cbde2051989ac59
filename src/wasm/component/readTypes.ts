import { WorkbenchError } from '../../shared/workbenchError.ts';
import { type ByteReader, invalidWasm } from '../byteReader.ts';
import type { Declaration, ExternDesc, Field, Primitive, TypeDefinition, TypeRef } from './model.ts';
import { atLeastOne, labels, mostNesting, optional, readAlias, skipCoreType, vector } from './readParts.ts';

/** Codes of the primitive value types (Component Model, Binary.md, type definitions). */
const primitiveCodes: Readonly<Record<number, Primitive>> = {
  0x7f: 'bool',
  0x7e: 's8',
  0x7d: 'u8',
  0x7c: 's16',
  0x7b: 'u16',
  0x7a: 's32',
  0x79: 'u32',
  0x78: 's64',
  0x77: 'u64',
  0x76: 'f32',
  0x75: 'f64',
  0x74: 'char',
  0x73: 'string',
};

/** Types of the asynchronous half of the component model, which WASI 0.2 does not have. */
const asyncTypes: Readonly<Record<number, string>> = {
  0x43: 'async func',
  0x64: 'error-context',
  0x65: 'future',
  0x66: 'stream',
  0x67: 'list of fixed length',
  0x3e: 'resource with an async destructor',
};

function unsupportedType(name: string): WorkbenchError {
  return new WorkbenchError(
    'unsupported-proposal',
    `The component uses a type that is not part of WASI 0.2: ${name}.`,
    {
      hint: 'Build it with a toolchain for WASI 0.2, such as the target wasm32-wasip2.',
    },
  );
}

/** One entry of a type section. `depth` counts the component and instance types around it. */
export function readType(reader: ByteReader, depth: number): TypeDefinition {
  const at = reader.position;
  const code = reader.u8();
  const primitive = primitiveCodes[code];
  if (primitive !== undefined) return { kind: 'primitive', type: primitive };
  switch (code) {
    case 0x72:
      return { kind: 'record', fields: atLeastOne(vector(reader, readField), at) };
    case 0x71:
      return { kind: 'variant', cases: atLeastOne(vector(reader, readCase), at) };
    case 0x70:
      return { kind: 'list', element: readTypeRef(reader) };
    case 0x6f:
      return { kind: 'tuple', types: atLeastOne(vector(reader, readTypeRef), at) };
    case 0x6e:
      return { kind: 'flags', names: atLeastOne(labels(reader), at) };
    case 0x6d:
      return { kind: 'enum', names: atLeastOne(labels(reader), at) };
    case 0x6b:
      return { kind: 'option', type: readTypeRef(reader) };
    case 0x6a:
      return { kind: 'result', ok: optional(reader, readTypeRef), err: optional(reader, readTypeRef) };
    case 0x69:
      return { kind: 'own', resource: reader.u32() };
    case 0x68:
      return { kind: 'borrow', resource: reader.u32() };
    case 0x40:
      return { kind: 'func', params: vector(reader, readField), result: readResult(reader) };
    case 0x3f:
      return readResource(reader);
    case 0x41:
      return { kind: 'component type', declarations: readDeclarations(reader, true, depth + 1) };
    case 0x42:
      return { kind: 'instance type', declarations: readDeclarations(reader, false, depth + 1) };
    default:
      throw refused(code, at);
  }
}

function refused(code: number, at: number): WorkbenchError {
  const name = asyncTypes[code];
  return name === undefined ? invalidWasm(`an unknown type (code ${code})`, at) : unsupportedType(name);
}

function readTypeRef(reader: ByteReader): TypeRef {
  const at = reader.position;
  const code = reader.s33();
  if (code >= 0) return code;
  const primitive = primitiveCodes[code + 0x80];
  if (primitive === undefined) throw refused(code + 0x80, at);
  return primitive;
}

function readField(reader: ByteReader): Field {
  return { name: reader.name(), type: readTypeRef(reader) };
}

function readCase(reader: ByteReader): { name: string; type: TypeRef | null } {
  const name = reader.name();
  const type = optional(reader, readTypeRef);
  const at = reader.position;
  if (reader.u8() !== 0) throw invalidWasm('a case that refines another', at);
  return { name, type };
}

function readResult(reader: ByteReader): TypeRef | null {
  const at = reader.position;
  const form = reader.u8();
  if (form === 0) return readTypeRef(reader);
  if (form !== 1 || reader.u8() !== 0) throw invalidWasm('a function with named results', at);
  return null;
}

function readResource(reader: ByteReader): TypeDefinition {
  const at = reader.position;
  if (reader.u8() !== 0x7f) throw invalidWasm('a resource that is not represented by an i32', at);
  return { kind: 'resource', destructor: optional(reader, (r) => r.u32()) };
}

function readDeclarations(reader: ByteReader, mayImport: boolean, depth: number): Declaration[] {
  if (depth > mostNesting) throw invalidWasm('types nested too deep', reader.position);
  return vector(reader, (): Declaration => {
    const at = reader.position;
    const code = reader.u8();
    switch (code) {
      case 0:
        skipCoreType(reader);
        return { kind: 'core type' };
      case 1:
        return { kind: 'type', type: readType(reader, depth) };
      case 2:
        return readAlias(reader);
      case 4:
        return { kind: 'export', name: readExternName(reader), desc: readExternDesc(reader) };
      default:
        if (code !== 3 || !mayImport) throw invalidWasm('an unknown declaration', at);
        return { kind: 'import', name: readExternName(reader), desc: readExternDesc(reader) };
    }
  });
}

/** The name of an import or export; the byte before it told plain names from interface names once. */
export function readExternName(reader: ByteReader): string {
  const at = reader.position;
  if (reader.u8() > 1) throw invalidWasm('an unknown kind of name', at);
  return reader.name();
}

/** What an import or export is (the component model's `externdesc`). */
export function readExternDesc(reader: ByteReader): ExternDesc {
  const at = reader.position;
  switch (reader.u8()) {
    case 0:
      if (reader.u8() !== 0x11) throw invalidWasm('an unknown kind of core import', at);
      return { kind: 'core module', type: reader.u32() };
    case 1:
      return { kind: 'func', type: reader.u32() };
    case 3: {
      const bound = reader.u8();
      if (bound === 0) return { kind: 'type', bound: { kind: 'eq', type: reader.u32() } };
      if (bound === 1) return { kind: 'type', bound: { kind: 'sub resource' } };
      throw invalidWasm('an unknown bound of a type', at);
    }
    case 4:
      return { kind: 'component', type: reader.u32() };
    case 5:
      return { kind: 'instance', type: reader.u32() };
    default:
      throw invalidWasm('an unknown kind of import or export', at);
  }
}
