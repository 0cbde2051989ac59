/** The POSIX names that a guest can be told; the same set as preview 2's `error-code`. */
const filesystemErrorCodes = [
  'EACCES',
  'EAGAIN',
  'EALREADY',
  'EBADF',
  'EBUSY',
  'EDEADLK',
  'EDQUOT',
  'EEXIST',
  'EFBIG',
  'EILSEQ',
  'EINPROGRESS',
  'EINTR',
  'EINVAL',
  'EIO',
  'EISDIR',
  'ELOOP',
  'EMLINK',
  'EMSGSIZE',
  'ENAMETOOLONG',
  'ENODEV',
  'ENOENT',
  'ENOLCK',
  'ENOMEM',
  'ENOSPC',
  'ENOTDIR',
  'ENOTEMPTY',
  'ENOTRECOVERABLE',
  'ENOTSUP',
  'ENOTTY',
  'ENXIO',
  'EOVERFLOW',
  'EPERM',
  'EPIPE',
  'EROFS',
  'ESPIPE',
  'ETXTBSY',
  'EXDEV',
] as const;

export type FilesystemErrorCode = (typeof filesystemErrorCodes)[number];

/** The only thing that the filesystem throws. Its message is for logs: a guest sees the code alone, never a host path. */
export class FilesystemError extends Error {
  readonly code: FilesystemErrorCode;

  constructor(code: FilesystemErrorCode, cause?: unknown) {
    super(`filesystem: ${code}`, cause === undefined ? undefined : { cause });
    this.name = 'FilesystemError';
    this.code = code;
  }
}

const known: ReadonlySet<string> = new Set(filesystemErrorCodes);

/** The code of what Node threw. Its own argument checks (`ERR_…`) become EINVAL, what has no name here EIO. */
function codeOf(thrown: unknown): FilesystemErrorCode {
  const code = (thrown as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return 'EIO';
  if (known.has(code)) return code as FilesystemErrorCode;
  if (code === 'EOPNOTSUPP' || code === 'ENOSYS') return 'ENOTSUP';
  return code.startsWith('ERR_') ? 'EINVAL' : 'EIO';
}

/** Runs one of Node's filesystem calls. */
export function guarded<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (error instanceof FilesystemError) throw error;
    throw new FilesystemError(codeOf(error), error);
  }
}
