import { manifest, outlayer } from '../support.ts';
import type { CaseTable } from './cases.ts';

const main = { 'src/main.rs': 'fn main() {}\n' };
const lib = { 'src/lib.rs': 'pub fn f() {}\n' };

/** A manifest whose name is where a package as a whole is blamed. */
const named = (more = '') => manifest(more).replace('"app"', '«"app"»');

export const manifestCases: CaseTable = {
  'wasi/missing-start': {
    found: {
      'a cdylib': { 'Cargo.toml': manifest('\n[lib]\ncrate-type = «["cdylib"]» # why\n'), ...lib },
      'a cdylib written inline': {
        'Cargo.toml': `lib = { crate-type = «["cdylib"]» }\n${manifest()}`,
        ...lib,
      },
      'a static library': { 'Cargo.toml': manifest('\n[lib]\ncrate-type = «["staticlib"]»\n'), ...lib },
      'a cdylib with a fn main in the library': {
        'Cargo.toml': manifest('\n[lib]\ncrate-type = «["cdylib", "rlib"]»\n'),
        'src/lib.rs': 'pub fn main() {}\n',
      },
      'a bare entry where WASI is configured': {
        'Cargo.toml': manifest('\n[lib]\ncrate-type = «["cdylib"]»\n'),
        'src/lib.rs': '#[no_mangle]\npub extern "C" fn run() {}\n',
        '.cargo/config.toml': '[build]\ntarget = "wasm32-wasip1"\n',
      },
      'a manifest with CRLF': {
        'Cargo.toml': manifest('\n[lib]\ncrate-type = «["cdylib"]»\n').replaceAll('\n', '\r\n'),
        ...lib,
      },
      'a root without fn main': { 'Cargo.toml': manifest(), 'src/main.rs': '«»fn start() {}\n' },
      'an empty root': { 'Cargo.toml': manifest(), 'src/main.rs': '«»' },
      'a main only within a module': {
        'Cargo.toml': manifest(),
        'src/main.rs': '«»mod a { pub fn main() {} }\n',
      },
    },
    nearMisses: {
      'a cdylib beside a program': {
        'Cargo.toml': manifest('\n[lib]\ncrate-type = ["cdylib"]\n'),
        ...lib,
        ...main,
      },
      'a cdylib with an example': {
        'Cargo.toml': manifest('\n[lib]\ncrate-type = ["cdylib"]\n'),
        ...lib,
        'examples/try.rs': 'fn main() {}\n',
      },
      'a NEAR contract': {
        'Cargo.toml': manifest('\n[lib]\ncrate-type = ["cdylib"]\n\n[dependencies]\nnear-sdk = "5"\n'),
        ...lib,
      },
      'a library for C': {
        'Cargo.toml': manifest(
          '\n[lib]\ncrate-type = ["cdylib"]\n\n[build-dependencies]\ncbindgen = "0.29"\n',
        ),
        ...lib,
      },
      'a renamed pyo3': {
        'Cargo.toml': manifest(
          '\n[lib]\ncrate-type = ["cdylib"]\n\n[dependencies]\npy = { package = "pyo3", version = "0.20" }\n',
        ),
        ...lib,
      },
      'a bare module': {
        'Cargo.toml': manifest('\n[lib]\ncrate-type = ["cdylib"]\n'),
        'src/lib.rs': '#[unsafe(no_mangle)]\npub extern "C" fn run(p: *const u8, n: usize) -> u64 { 0 }\n',
      },
      'a library built for wasm32-unknown-unknown': {
        'Cargo.toml': manifest('\n[lib]\ncrate-type = ["cdylib"]\n'),
        ...lib,
        '.cargo/config.toml': '[build]\ntarget = "wasm32-unknown-unknown"\n',
      },
      'a published library that is a cdylib besides': {
        'Cargo.toml': manifest(
          'description = "d"\nlicense = "MIT"\n\n[lib]\ncrate-type = ["cdylib", "rlib"]\n',
        ),
        ...lib,
      },
      'a plain library': { 'Cargo.toml': manifest('\n[lib]\ncrate-type = ["rlib"]\n'), ...lib },
      'a manifest half typed': {
        'Cargo.toml': manifest('\n[lib\ncrate-type = ["cdylib"]\n').replace('[lib\n', '[lib]\n'),
        ...main,
      },
      'a main by a macro': { 'Cargo.toml': manifest(), 'src/main.rs': 'entry!(start);\nfn start() {}\n' },
      'a main that is imported': {
        'Cargo.toml': manifest(),
        'src/main.rs': 'mod a;\nuse a::start as main;\n',
      },
      'a main under an attribute': {
        'Cargo.toml': manifest(),
        'src/main.rs': '#[tokio::main]\nasync fn main() {}\n',
      },
      no_main: { 'Cargo.toml': manifest(), 'src/main.rs': '#![no_main]\nfn start() {}\n' },
      'a source half typed': { 'Cargo.toml': manifest(), 'src/main.rs': 'fn mai(\n' },
    },
  },
  'wasi/no-program': {
    found: {
      'a library alone': { 'Cargo.toml': named(), ...lib },
      'a library that is no member of the workspace above': {
        'Cargo.toml': named('\n[workspace]\n'),
        ...lib,
        '../Cargo.toml': '[workspace]\nmembers = ["other"]\n',
      },
      'a library that the workspace above leaves out': {
        'Cargo.toml': named(),
        ...lib,
        '../Cargo.toml': '[workspace]\nmembers = ["*"]\nexclude = ["crate"]\n',
      },
      'neither program nor library': { 'Cargo.toml': named(), 'README.md': '' },
    },
    nearMisses: {
      'a library with a program in src/bin': {
        'Cargo.toml': manifest(),
        ...lib,
        'src/bin/tool.rs': 'fn main() {}\n',
      },
      'a library with a program of its own path': {
        'Cargo.toml': manifest('\n[[bin]]\nname = "x"\npath = "cli/x.rs"\n'),
        ...lib,
        'cli/x.rs': 'fn main() {}\n',
      },
      'a procedural macro': { 'Cargo.toml': manifest('\n[lib]\nproc-macro = true\n'), ...lib },
      'a published library': { 'Cargo.toml': manifest('description = "d"\nlicense = "MIT"\n'), ...lib },
      'a member of a workspace': {
        'Cargo.toml': manifest(),
        ...lib,
        '../Cargo.toml': '[workspace]\nmembers = ["crate"]\n',
      },
      'a cdylib, which is another mistake': {
        'Cargo.toml': manifest('\n[lib]\ncrate-type = ["cdylib"]\n'),
        ...lib,
      },
    },
  },
  'wasi/several-programs': {
    found: {
      'two programs': { 'Cargo.toml': named(), ...main, 'src/bin/other.rs': 'fn main() {}\n' },
    },
    nearMisses: {
      'a default': {
        'Cargo.toml': manifest('default-run = "app"\n'),
        ...main,
        'src/bin/other.rs': 'fn main() {}\n',
      },
      'a program and an example': { 'Cargo.toml': manifest(), ...main, 'examples/try.rs': 'fn main() {}\n' },
    },
  },
  'wasi/sockets-crate': {
    found: {
      'tokio with net': {
        'Cargo.toml': manifest('\n[dependencies]\n«tokio» = { version = "1", features = ["rt", "net"] }\n'),
        ...main,
      },
      'reqwest, renamed': {
        'Cargo.toml': manifest('\n[dependencies]\n«http» = { package = "reqwest", version = "0.12" }\n'),
        ...main,
      },
      'hyper with a transport': {
        'Cargo.toml': manifest('\n[dependencies]\n«hyper» = { version = "0.14", features = ["tcp"] }\n'),
        ...main,
      },
      'a table of its own': {
        'Cargo.toml': manifest('\n«[dependencies.mio]»\nversion = "1"\nfeatures = ["net"]\n'),
        ...main,
      },
      'axum with its server': { 'Cargo.toml': manifest('\n[dependencies]\n«axum» = "0.8"\n'), ...main },
      'hyper-util with its client': {
        'Cargo.toml': manifest(
          '\n[dependencies]\n«hyper-util» = { version = "0.1", features = ["client-legacy"] }\n',
        ),
        ...main,
      },
      'tokio as the workspace has it': {
        'Cargo.toml': manifest('\n[dependencies]\n«tokio» = { workspace = true, features = ["rt"] }\n'),
        ...main,
        '../Cargo.toml':
          '[workspace]\nmembers = ["crate"]\n\n[workspace.dependencies]\ntokio = { version = "1", features = ["net"] }\n',
      },
      'one that a workspace renames': {
        'Cargo.toml': manifest(
          '\n[workspace.dependencies]\nhttp = { package = "ureq", version = "3" }\n\n[dependencies]\n«http.workspace» = true\n',
        ),
        ...main,
      },
      'an optional one that is on by default': {
        'Cargo.toml': manifest(
          '\n[features]\ndefault = ["web"]\nweb = ["dep:ureq"]\n\n[dependencies]\n«ureq» = { version = "3", optional = true }\n',
        ),
        ...main,
      },
    },
    nearMisses: {
      'hyper alone': { 'Cargo.toml': manifest('\n[dependencies]\nhyper = "1"\n'), ...main },
      'hyper since its version 1, which leaves sockets to others': {
        'Cargo.toml': manifest('\n[dependencies]\nhyper = { version = "1", features = ["full"] }\n'),
        ...main,
      },
      'hyper-util without a client': {
        'Cargo.toml': manifest('\n[dependencies]\nhyper-util = { version = "0.1", features = ["tokio"] }\n'),
        ...main,
      },
      'axum without a server': {
        'Cargo.toml': manifest(
          '\n[dependencies]\naxum = { version = "0.8", default-features = false, features = ["json"] }\n',
        ),
        ...main,
      },
      'mio without net': { 'Cargo.toml': manifest('\n[dependencies]\nmio = "1"\n'), ...main },
      'tokio without net': {
        'Cargo.toml': manifest('\n[dependencies]\ntokio = { version = "1", features = ["rt", "macros"] }\n'),
        ...main,
      },
      'tokio as the workspace has it, without net': {
        'Cargo.toml': manifest('\n[dependencies]\ntokio.workspace = true\n'),
        ...main,
        '../Cargo.toml':
          '[workspace]\nmembers = ["crate"]\n\n[workspace.dependencies]\ntokio = { version = "1", features = ["rt"] }\n',
      },
      'for tests only': { 'Cargo.toml': manifest('\n[dev-dependencies]\nreqwest = "0.12"\n'), ...main },
      'for other platforms only': {
        'Cargo.toml': manifest('\n[target.\'cfg(unix)\'.dependencies]\nreqwest = "0.12"\n'),
        ...main,
      },
      'an optional one that is off': {
        'Cargo.toml': manifest('\n[dependencies]\nreqwest = { version = "0.12", optional = true }\n'),
        ...main,
      },
    },
  },
  'wasi/c-code': {
    found: {
      ring: { 'Cargo.toml': manifest('\n[dependencies]\n«ring» = "0.17"\n'), ...main },
      'one by a dotted key': {
        'Cargo.toml': manifest('\n[dependencies]\n«openssl.version» = "0.10"\n'),
        ...main,
      },
    },
    nearMisses: {
      'a pure Rust one': { 'Cargo.toml': manifest('\n[dependencies]\nsha2 = "0.10"\n'), ...main },
      'for a build script': { 'Cargo.toml': manifest('\n[build-dependencies]\nring = "0.17"\n'), ...main },
    },
  },
  'wasi/http-needs-p2': {
    found: {
      'waki for wasip1': {
        'Cargo.toml': manifest('\n[dependencies]\n«waki» = "0.5"\n'),
        ...main,
        '.cargo/config.toml': '[build]\ntarget = "wasm32-wasip1"\n',
      },
    },
    nearMisses: {
      'waki for wasip2': {
        'Cargo.toml': manifest('\n[dependencies]\nwaki = "0.5"\n'),
        ...main,
        '.cargo/config.toml': '[build]\ntarget = ["wasm32-wasip2"]\n',
      },
      'no target': { 'Cargo.toml': manifest('\n[dependencies]\nwaki = "0.5"\n'), ...main },
    },
  },
  'wasi/release-profile': {
    found: {
      'a profile with neither': {
        'Cargo.toml': manifest('\n«[profile.release]»\npanic = "abort"\n'),
        ...main,
      },
    },
    nearMisses: {
      'a profile with lto': { 'Cargo.toml': manifest('\n[profile.release]\nlto = "fat"\n'), ...main },
      'no profile': { 'Cargo.toml': manifest(), ...main },
      'a member of a workspace': {
        'Cargo.toml': manifest('\n[profile.release]\npanic = "abort"\n'),
        ...main,
        '../Cargo.toml': '[workspace]\nmembers = ["crate"]\n',
      },
    },
  },
  'wasi/stripped-names': {
    found: {
      'strip = true': {
        'Cargo.toml': manifest('\n[profile.release]\nlto = true\nstrip = «true»\n'),
        ...main,
      },
      symbols: { 'Cargo.toml': manifest('\n[profile]\nrelease = { strip = «"symbols"» }\n'), ...main },
    },
    nearMisses: {
      debuginfo: {
        'Cargo.toml': manifest('\n[profile.release]\nlto = true\nstrip = "debuginfo"\n'),
        ...main,
      },
      'another profile': {
        'Cargo.toml': manifest('\n[profile.small]\ninherits = "release"\nstrip = true\n'),
        ...main,
      },
    },
  },
  'wasi/manifest-not-at-root': {
    found: { 'a folder of a repository': { 'Cargo.toml': named(outlayer), ...main, '../.git/HEAD': '' } },
    nearMisses: {
      'the root of a repository': { 'Cargo.toml': manifest(outlayer), ...main, '.git/HEAD': '' },
      'no repository': { 'Cargo.toml': manifest(outlayer), ...main },
      'plain WASI': { 'Cargo.toml': manifest(), ...main, '../.git/HEAD': '' },
    },
  },
  'wasi/unknown-metadata': {
    found: {
      'a profile': {
        'Cargo.toml': manifest('\n[package.metadata.wasi-workbench]\nprofile = «"outlyer"»\n'),
        ...main,
      },
      'a profile that is no text': {
        'Cargo.toml': manifest('\n[package.metadata]\nwasi-workbench = { profile = «1» }\n'),
        ...main,
      },
      'a key': {
        'Cargo.toml': manifest('\n[package.metadata.wasi-workbench]\n«profil» = "wasi"\n'),
        ...main,
      },
      'a code': {
        'Cargo.toml': manifest(
          '\n[package.metadata.wasi-workbench]\nallow = [\n  "wasi/args",\n  "«wasi/arg»",\n]\n',
        ),
        ...main,
      },
      'no list': {
        'Cargo.toml': manifest('\n[package.metadata.wasi-workbench]\nallow = «"wasi/args"»\n'),
        ...main,
      },
    },
    nearMisses: {
      'what is known': {
        'Cargo.toml': manifest(
          '\n[package.metadata.wasi-workbench]\nprofile = "wasi"\nallow = ["wasi/args"]\n',
        ),
        ...main,
      },
      'the table of another tool': {
        'Cargo.toml': manifest('\n[package.metadata.docs]\nprofil = 1\n'),
        ...main,
      },
    },
  },
  'wasi/worker-refuses-build': {
    found: {
      'a build script': { 'Cargo.toml': manifest(`build = «"make.rs"»\n${outlayer}`), ...main },
      'a git dependency': {
        'Cargo.toml': manifest(`${outlayer}\n[dependencies]\n«a» = { git = "https://example.org/a" }\n`),
        ...main,
      },
    },
    nearMisses: {
      'no build script': { 'Cargo.toml': manifest(`build = false\n${outlayer}`), ...main },
      'plain WASI': { 'Cargo.toml': manifest('build = "make.rs"\n'), ...main },
      'crates.io': { 'Cargo.toml': manifest(`${outlayer}\n[dependencies]\nserde = "1"\n`), ...main },
    },
  },
  'wasi/old-target-name': {
    found: {
      'cargo configuration': {
        'Cargo.toml': manifest(),
        ...main,
        '.cargo/config.toml':
          '[build]\ntarget = "«wasm32-wasi»" # not wasm32-wasi\n\n[target.«wasm32-wasi»]\nrunner = "wasmtime"\n',
      },
      'dependencies of the target': {
        'Cargo.toml': manifest(
          '\n[target.«wasm32-wasi».dependencies]\na = "1"\n\n[target.«wasm32-wasi».dev-dependencies]\nb = "1"\n',
        ),
        ...main,
      },
      tasks: {
        'Cargo.toml': manifest(),
        ...main,
        '.vscode/tasks.json':
          '{\n  // cargo build --target wasm32-wasi\n  "tasks": [{ "command": "cargo build --target=«wasm32-wasi»", "url": "https://wasm" }]\n}\n',
      },
      toolchain: {
        'Cargo.toml': manifest(),
        ...main,
        'rust-toolchain.toml': '[toolchain]\ntargets = ["«wasm32-wasi»"]\n',
      },
    },
    nearMisses: {
      'the new names': {
        'Cargo.toml': manifest(),
        ...main,
        '.cargo/config.toml':
          '[build]\ntarget = "wasm32-wasip1"\n[target.wasm32-wasi-preview1-threads]\nx = 1\n',
      },
      'a comment': { 'Cargo.toml': manifest(), ...main, '.cargo/config.toml': '# wasm32-wasi is gone\n' },
      'dependencies of the new target, and a keyword': {
        'Cargo.toml': manifest(
          'keywords = ["wasm32-wasi"]\n\n[target.wasm32-wasip1.dependencies]\na = "1"\n',
        ),
        ...main,
      },
    },
  },
};
