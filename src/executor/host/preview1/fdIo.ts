import type { FileDescriptor } from '../filesystem/file.ts';
import type { InputPipe, OutputPipe } from '../stdio.ts';
import type { Context, HostFunctions } from './context.ts';
import { Errno } from './errno.ts';
import { firstBuffer } from './iovecs.ts';
import { right } from './rights.ts';

const whence = { set: 0, current: 1, end: 2 } as const;
const largestU64 = 2n ** 64n - 1n;

/** Reading, writing and seeking, in the rounds in which wasmtime does them. */
export function fdIoFunctions({ memory, descriptors }: Context): HostFunctions {
  return {
    fd_read(fd: number, iovecs: number, count: number, read: number) {
      const open = descriptors.get(fd);
      if (open.kind === 'input') {
        memory.setU32(read, 0, readInput(open.pipe, firstBuffer(memory, iovecs, count)));
      } else {
        const file = descriptors.file(fd, right.fdRead);
        const n = file.file.read(firstBuffer(memory, iovecs, count), file.position);
        file.position += BigInt(n);
        memory.setU32(read, 0, n);
      }
    },
    fd_pread(fd: number, iovecs: number, count: number, offset: bigint, read: number) {
      const open = descriptors.get(fd);
      if (open.kind === 'input') throw new Errno('ESPIPE');
      const { file } = descriptors.file(fd, right.fdRead | right.fdSeek);
      memory.setU32(read, 0, file.read(firstBuffer(memory, iovecs, count), BigInt.asUintN(64, offset)));
    },
    fd_write(fd: number, iovecs: number, count: number, written: number) {
      const open = descriptors.get(fd);
      if (open.kind === 'output') {
        memory.setU32(written, 0, writeOutput(open.pipe, firstBuffer(memory, iovecs, count)));
      } else {
        const file = descriptors.file(fd, right.fdWrite);
        const n = writeFile(file.file, file.append, firstBuffer(memory, iovecs, count), file.position);
        file.position = file.append ? file.file.stat().size : file.position + BigInt(n);
        memory.setU32(written, 0, n);
      }
    },
    fd_pwrite(fd: number, iovecs: number, count: number, offset: bigint, written: number) {
      const open = descriptors.get(fd);
      if (open.kind === 'output') throw new Errno('ESPIPE');
      const { file, append } = descriptors.file(fd, right.fdWrite | right.fdSeek);
      const buffer = firstBuffer(memory, iovecs, count);
      memory.setU32(written, 0, writeFile(file, append, buffer, BigInt.asUintN(64, offset)));
    },
    fd_seek(fd: number, offset: bigint, from: number, position: number) {
      if (from >>> 0 > whence.end) throw new Errno('EINVAL');
      const file = descriptors.seekable(fd, right.fdSeek);
      const base = from === whence.set ? 0n : from === whence.current ? file.position : file.file.stat().size;
      const target = base + offset;
      if (target < 0n || target > largestU64) throw new Errno('EINVAL');
      file.position = target;
      memory.setU64(position, 0, target);
    },
    fd_tell: (fd: number, position: number) =>
      memory.setU64(position, 0, descriptors.seekable(fd, right.fdTell).position),
  };
}

/** An empty buffer gets EINTR while there is input, as wasmtime's adapter answers a read that brought nothing. */
function readInput(pipe: InputPipe, buffer: Uint8Array): number {
  if (buffer.length === 0 && pipe.remaining > 0) throw new Errno('EINTR');
  const bytes = pipe.read(buffer.length);
  buffer.set(bytes);
  return bytes.length;
}

/**
 * Keeps what fits under the cap. A write that fills it fails, the last byte that fits included: wasmtime asks the
 * pipe once more after each write, and a full one is closed.
 */
function writeOutput(pipe: OutputPipe, buffer: Uint8Array): number {
  if (buffer.length === 0) return 0;
  if (buffer.length < pipe.remaining) {
    pipe.write(buffer);
    return buffer.length;
  }
  pipe.write(buffer.subarray(0, pipe.remaining));
  throw new Errno('EIO');
}

/** As on Linux, what is open for appending appends wherever it is told to write. */
function writeFile(file: FileDescriptor, append: boolean, buffer: Uint8Array, offset: bigint): number {
  return append ? file.append(buffer) : file.write(buffer, offset);
}
