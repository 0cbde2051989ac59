import { encodeUtf8 } from '../../../shared/text.ts';
import type { Context, HostFunctions } from './context.ts';

/** Arguments and environment: lists of NUL-terminated strings, sized in bytes of UTF-8. */
export function argsFunctions({ world, memory }: Context): HostFunctions {
  const terminated = (text: string) => encodeUtf8(`${text}\0`);
  const args = world.argv.map(terminated);
  const environ = world.env.map(([name, value]) => terminated(`${name}=${value}`));

  const writeSizes = (list: readonly Uint8Array[], count: number, size: number) => {
    const total = list.reduce((sum, item) => sum + item.length, 0);
    memory.setU32(count, 0, list.length);
    memory.setU32(size, 0, total);
  };
  const writeList = (list: readonly Uint8Array[], pointers: number, buffer: number) => {
    let offset = 0;
    for (const [index, item] of list.entries()) {
      memory.setU32(pointers, index * 4, (buffer >>> 0) + offset);
      memory.set(buffer, offset, item);
      offset += item.length;
    }
  };

  return {
    args_sizes_get: (count: number, size: number) => writeSizes(args, count, size),
    args_get: (pointers: number, buffer: number) => writeList(args, pointers, buffer),
    environ_sizes_get: (count: number, size: number) => writeSizes(environ, count, size),
    environ_get: (pointers: number, buffer: number) => writeList(environ, pointers, buffer),
  };
}
