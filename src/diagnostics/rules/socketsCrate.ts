import type { Target } from '../../shared/target.ts';
import { lockedVersions } from '../cargoLock.ts';
import type { Dependency } from '../documents/manifestDocument.ts';
import type { Rule } from '../rule.ts';
import { builtVersion, isAtLeast, type Version } from '../versions.ts';

/** What becomes of a crate with sockets in a build for WASI. */
interface SocketCrate {
  /** Whether the features that are named bring the sockets in; always where it is left out. */
  readonly when?: (dependency: Dependency, version: Version) => boolean;
  /** Whether it compiles with what one wants it for, so that the first connection fails; not where it is left out. */
  readonly builds?: (version: Version, target: Target, dependency: Dependency) => boolean;
  /** What to do instead, where that isn't an HTTP client. */
  readonly instead?: string;
}

const named =
  (...names: readonly string[]) =>
  ({ features }: Dependency): boolean =>
    features.some((feature) => names.includes(feature));
const namedOrDefault =
  (...names: readonly string[]) =>
  (dependency: Dependency): boolean =>
    dependency.defaultFeatures || named(...names)(dependency);
const always = (): boolean => true;
const ofComponents =
  (least: Version) =>
  (version: Version, target: Target): boolean =>
    target === 'wasm32-wasip2' && isAtLeast(version, least);

/** As their builds for both targets ended with Rust 1.95. */
const crates: Readonly<Record<string, SocketCrate>> = {
  tokio: {
    when: named('net', 'full'),
    instead: 'Name only the features of tokio that are used, of sync, macros, io-util, rt and time.',
  },
  // Before 1.2 it compiles, without anything that could connect.
  mio: { when: named('net'), builds: ofComponents([1, 2, 0]) },
  socket2: { builds: ofComponents([0, 6, 3]) },
  // Their sockets are those of Rust's library.
  ureq: { builds: always },
  minreq: { builds: always },
  attohttpc: { builds: always },
  tungstenite: { when: namedOrDefault('handshake'), builds: always },
  // Before 0.13 it takes every WebAssembly for a browser's, and fails once it sends.
  // Nor has any WebAssembly its module `blocking`.
  reqwest: {
    builds: (version, _, dependency) => !isAtLeast(version, [0, 13, 0]) && !named('blocking')(dependency),
  },
  hyper: {
    when: ({ features }, version) =>
      !isAtLeast(version, [1, 0, 0]) &&
      features.some((feature) => ['full', 'tcp', 'runtime'].includes(feature)),
  },
  'hyper-util': { when: named('client-legacy', 'full') },
  axum: { when: namedOrDefault('tokio') },
  tonic: { when: namedOrDefault('transport', 'server', 'channel') },
  'tokio-tungstenite': { when: namedOrDefault('connect') },
  'async-std': {},
  smol: {},
  'actix-web': {},
  warp: {},
  rocket: {},
  surf: {},
  isahc: {},
};

const forHttp = 'For HTTP use a crate made for wasi:http, such as wstd or waki, on wasm32-wasip2.';

export const socketsCrate: Rule = {
  code: 'wasi/sockets-crate',
  title: 'A crate that needs sockets',
  explanation: 'Programs here have no sockets. HTTP goes through wasi:http, which wasm32-wasip2 has.',
  severity: 'warning',
  manifest: (manifest, { target: named, lock, profileKind }) => {
    const target = named ?? 'wasm32-wasip2';
    if (target === 'wasm32-unknown-unknown') return [];
    return manifest.dependencies.flatMap((dependency) => {
      const { crate, features, requirement, entry } = dependency;
      const known = Object.hasOwn(crates, crate) ? crates[crate] : undefined;
      const version = builtVersion(requirement, lock === null ? [] : lockedVersions(lock, crate));
      if (known === undefined || known.when?.(dependency, version) === false) return [];
      const builds = known.builds?.(version, target, dependency) ?? false;
      const feature = features.find((each) => ['net', 'full', 'blocking'].includes(each));
      const what = feature === undefined ? crate : `${crate} with its feature ${feature}`;
      const fails = builds
        ? `builds for ${target}, and fails once it connects: sockets are closed in runs here and on the OutLayer worker.`
        : `needs sockets, and does not build for ${target}.`;
      // Components may have sockets from other hosts.
      const isHint = builds && target === 'wasm32-wasip2' && profileKind === 'wasi';
      return [
        {
          range: entry.keyRange,
          message: `${what} ${fails} ${known.instead ?? forHttp}`,
          ...(isHint && { severity: 'hint' as const }),
        },
      ];
    });
  },
};
