import type { ValueType } from '../types.ts';
import type { Codec } from './codec.ts';
import { borrow, own } from './handles.ts';
import { list } from './lists.ts';
import { record, tuple } from './products.ts';
import { scalars } from './scalars.ts';
import { string } from './strings.ts';
import { enumeration, flags, option, result, variant } from './sums.ts';

const codecs = new WeakMap<ValueType, Codec>();

/** The codec of a type, made at its first use and kept with it. */
export function codecOf(type: ValueType): Codec {
  let codec = codecs.get(type);
  if (codec === undefined) {
    codec = makeCodec(type);
    codecs.set(type, codec);
  }
  return codec;
}

const orNull = (type: ValueType | null): Codec | null => (type === null ? null : codecOf(type));

function makeCodec(type: ValueType): Codec {
  switch (type.kind) {
    case 'string':
      return string;
    case 'record':
      return record(type.fields.map((field) => ({ name: field.name, codec: codecOf(field.type) })));
    case 'variant':
      return variant(type.cases.map((c) => ({ name: c.name, codec: orNull(c.type) })));
    case 'list':
      return list(type.element, codecOf(type.element));
    case 'tuple':
      return tuple(type.types.map(codecOf));
    case 'flags':
      return flags(type.names);
    case 'enum':
      return enumeration(type.names);
    case 'option':
      return option(codecOf(type.type), type.type.kind === 'option');
    case 'result':
      return result(orNull(type.ok), orNull(type.err));
    case 'own':
      return own(type.resource);
    case 'borrow':
      return borrow(type.resource);
    default:
      return scalars[type.kind];
  }
}
