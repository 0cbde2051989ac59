import type { Dependency } from '../documents/manifestDocument.ts';
import type { Rule } from '../rule.ts';

/** Crates that open sockets by themselves, whatever their features. */
const socketCrates = new Set([
  ...['mio', 'socket2', 'reqwest', 'ureq', 'attohttpc', 'minreq', 'hyper-util', 'async-std', 'smol'],
  ...['actix-web', 'axum', 'warp', 'rocket', 'tonic', 'tungstenite', 'tokio-tungstenite', 'surf', 'isahc'],
]);

export const socketsCrate: Rule = {
  code: 'wasi/sockets-crate',
  title: 'A crate that needs sockets',
  explanation: 'Programs here have no sockets. HTTP goes through wasi:http, which wasm32-wasip2 has.',
  severity: 'warning',
  manifest: (manifest, crate) =>
    manifest.dependencies.flatMap((dependency) => {
      const why = needsSockets(dependency);
      if (why === null || crate.target === 'wasm32-unknown-unknown') return [];
      return [{ range: dependency.entry.keyRange, message: why }];
    }),
};

function needsSockets({ crate, features }: Dependency): string | null {
  if (crate === 'tokio') {
    const feature = features.find((each) => each === 'net' || each === 'full');
    return feature === undefined
      ? null
      : `tokio with its feature ${feature} needs sockets, which programs for WASI don't have: name only the features that are used, of sync, macros, io-util, rt and time.`;
  }
  if (crate === 'hyper' && !features.some((each) => ['full', 'tcp', 'runtime', 'stream'].includes(each)))
    return null;
  return socketCrates.has(crate) || crate === 'hyper'
    ? `${crate} needs sockets, which programs for WASI don't have. For HTTP use a crate made for wasi:http, such as wstd or waki, on wasm32-wasip2.`
    : null;
}
