import { encodeUtf8 } from '../../../shared/text.ts';
import type { DirectoryEntry } from '../filesystem/types.ts';
import type { Context, HostFunctions } from './context.ts';
import type { OpenDirectory } from './descriptors.ts';
import { fileTypeCode } from './layouts.ts';
import { right } from './rights.ts';

const entryHeader = 24;

/**
 * `.` and `..` come first, then the host's order. An entry that doesn't fit is cut at the buffer's end, which tells
 * the guest to come again with the cookie of the one before. A directory is listed at cookie 0 and the list kept for
 * the cookies that follow, so that removing what was read skips nothing.
 */
export function readdirFunctions({ memory, descriptors }: Context): HostFunctions {
  return {
    fd_readdir(fd: number, buffer: number, length: number, cookie: bigint, used: number) {
      const listing = listingOf(descriptors.directory(fd, right.fdReaddir), cookie);
      const into = memory.bytes(buffer, length);
      let filled = 0;
      for (let at = Number(BigInt.asUintN(64, cookie)); at < listing.length && filled < into.length; at++) {
        const entry = encoded(listing[at]!, at + 1).subarray(0, into.length - filled);
        into.set(entry, filled);
        filled += entry.length;
      }
      memory.setU32(used, 0, filled);
    },
  };
}

function listingOf(open: OpenDirectory, cookie: bigint): readonly DirectoryEntry[] {
  if (cookie === 0n) open.listing = null;
  if (open.listing === null) {
    const { type, identity } = open.directory.stat();
    // The parent may lie outside the preopen, so `..` shows the directory's own number, as on wasmtime.
    const dots = ['.', '..'].map((name) => ({ name, type, identity }));
    open.listing = [...dots, ...open.directory.entries()];
  }
  return open.listing;
}

function encoded(entry: DirectoryEntry, next: number): Uint8Array {
  const name = encodeUtf8(entry.name);
  const bytes = new Uint8Array(entryHeader + name.length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(next), true);
  view.setBigUint64(8, entry.identity.lower, true);
  view.setUint32(16, name.length, true);
  view.setUint8(20, fileTypeCode[entry.type]);
  bytes.set(name, entryHeader);
  return bytes;
}
