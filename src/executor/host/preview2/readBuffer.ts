import type { FileDescriptor } from '../filesystem/file.ts';

/** Up to this a read gets the buffer it asks for, without a look at the file. */
const smallRead = 1024 * 1024;
/** A file can be given any size for nothing. Reading less than was asked for is what read(2) does, too. */
const largestRead = 256 * 1024 * 1024;

/** A buffer for a read of up to `most` bytes at `offset`, and no larger than the file can fill; devices have no size. */
export function readBuffer(file: FileDescriptor, offset: bigint, most: number): Uint8Array {
  if (most <= smallRead) return new Uint8Array(most);
  const left = Math.max(smallRead, Number(file.stat().size - offset));
  return new Uint8Array(Math.min(most, left, largestRead));
}
