import type { Rule } from '../rule.ts';

/** Crates that compile or link C, and pure Rust ones for the same where there are. */
const cCrates: Readonly<Record<string, string | null>> = {
  ring: 'the RustCrypto crates (sha2, hmac, ed25519-dalek)',
  openssl: 'the RustCrypto crates',
  'openssl-sys': 'the RustCrypto crates',
  'native-tls': null,
  'aws-lc-rs': 'the RustCrypto crates',
  'libsodium-sys': 'crypto_box or dryoc',
  sodiumoxide: 'crypto_box or dryoc',
  secp256k1: 'k256',
  'secp256k1-sys': 'k256',
  'libz-sys': 'miniz_oxide',
  zstd: 'ruzstd',
  'zstd-sys': 'ruzstd',
  'bzip2-sys': 'bzip2-rs',
  rusqlite: null,
  'libsqlite3-sys': null,
  curl: null,
  'curl-sys': null,
  git2: 'gix',
  'libgit2-sys': 'gix',
  rdkafka: null,
  rocksdb: null,
};

export const cCode: Rule = {
  code: 'wasi/c-code',
  title: 'A crate with C code',
  explanation:
    'Rust alone does not compile C for WebAssembly: that takes a wasi-sdk, and code that knows WASI.',
  severity: 'warning',
  manifest: (manifest) =>
    manifest.dependencies
      .filter(({ crate }) => Object.hasOwn(cCrates, crate))
      .map(({ crate, entry }) => {
        const instead = cCrates[crate];
        const mend =
          instead === null || instead === undefined
            ? 'Use a crate that is pure Rust instead, or install a wasi-sdk'
            : `Use ${instead} instead, which is pure Rust, or install a wasi-sdk`;
        return {
          range: entry.keyRange,
          message: `${crate} has C code, for which Rust alone is not enough. ${mend} and name its clang in CC_wasm32_wasip2.`,
        };
      }),
};
