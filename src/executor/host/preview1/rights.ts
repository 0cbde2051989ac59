/** Bit numbers of preview 1's `rights`, in the order of the specification. */
const names = [
  'fdDatasync',
  'fdRead',
  'fdSeek',
  'fdFdstatSetFlags',
  'fdSync',
  'fdTell',
  'fdWrite',
  'fdAdvise',
  'fdAllocate',
  'pathCreateDirectory',
  'pathCreateFile',
  'pathLinkSource',
  'pathLinkTarget',
  'pathOpen',
  'fdReaddir',
  'pathReadlink',
  'pathRenameSource',
  'pathRenameTarget',
  'pathFilestatGet',
  'pathFilestatSetSize',
  'pathFilestatSetTimes',
  'fdFilestatGet',
  'fdFilestatSetSize',
  'fdFilestatSetTimes',
  'pathSymlink',
  'pathRemoveDirectory',
  'pathUnlinkFile',
  'pollFdReadwrite',
  'sockShutdown',
  'sockAccept',
] as const;

type Right = (typeof names)[number];

export const allRights = (1n << BigInt(names.length)) - 1n;

export function rights(...wanted: readonly Right[]): bigint {
  return wanted.reduce((bits, name) => bits | (1n << BigInt(names.indexOf(name))), 0n);
}

/** What wasmtime says of a preopen, since many runtimes of guests look for it. It decides nothing. */
export const preopenRights = rights(
  'pathCreateDirectory',
  'pathCreateFile',
  'pathLinkSource',
  'pathLinkTarget',
  'pathOpen',
  'fdReaddir',
  'pathReadlink',
  'pathRenameSource',
  'pathRenameTarget',
  'pathSymlink',
  'pathRemoveDirectory',
  'pathUnlinkFile',
  'pathFilestatGet',
  'pathFilestatSetTimes',
  'fdFilestatGet',
  'fdFilestatSetTimes',
);

export const preopenInheritedRights =
  preopenRights |
  rights(
    'fdDatasync',
    'fdRead',
    'fdSeek',
    'fdFdstatSetFlags',
    'fdSync',
    'fdTell',
    'fdWrite',
    'fdAdvise',
    'fdAllocate',
    'fdFilestatSetSize',
    'pollFdReadwrite',
  );
