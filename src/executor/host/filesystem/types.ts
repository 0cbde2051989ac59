/** Names as in preview 2's `descriptor-type`. */
export type FileType =
  | 'unknown'
  | 'block-device'
  | 'character-device'
  | 'directory'
  | 'fifo'
  | 'symbolic-link'
  | 'regular-file'
  | 'socket';

/** Which object of the host something is, hashed so that neither device nor inode numbers reach the guest. */
export interface Identity {
  readonly lower: bigint;
  readonly upper: bigint;
}

export interface Stat {
  readonly type: FileType;
  readonly links: bigint;
  /** Bytes. */
  readonly size: bigint;
  /** Nanoseconds since the Unix epoch, as are the next two. */
  readonly accessed: bigint;
  readonly modified: bigint;
  /** Last change of status. */
  readonly changed: bigint;
  readonly identity: Identity;
}

/** A time to set: nanoseconds since the Unix epoch, the present, or the one it has. */
export type NewTime = bigint | 'now' | 'keep';

export interface DirectoryEntry {
  readonly name: string;
  readonly type: FileType;
  readonly identity: Identity;
}

/** What `openAt` is asked for; everything defaults to false. */
export interface OpenOptions {
  /** Follow a symlink at the path's end. Those before it are always followed, inside the sandbox. */
  readonly follow?: boolean;
  readonly create?: boolean;
  /** Fail unless it is a directory. */
  readonly directory?: boolean;
  /** With `create`: fail where it exists. */
  readonly exclusive?: boolean;
  readonly truncate?: boolean;
  readonly read?: boolean;
  readonly write?: boolean;
  /** Of a directory: preview 2's right to change what is in it. Shown in `flags`; a preopen's `writable` decides. */
  readonly mutateDirectory?: boolean;
}
