import type { Rule } from '../rule.ts';
import { isUnderCfgMacro } from '../rust/enclosing.ts';

const threads = 'Threads cannot be started on WASI: this panics. Do the work in turn, or with iterators.';
const sockets =
  'Programs for WASI have no sockets here: this fails. For HTTP use a crate made for wasi:http, such as wstd or waki, on wasm32-wasip2.';
const processes = 'There are no other processes on WASI: this fails. Call a library instead.';

const unsupported: Readonly<Record<string, string>> = {
  'std::thread::spawn': threads,
  'std::thread::scope': threads,
  'std::thread::Builder::new': threads,
  'std::net::TcpStream::connect': sockets,
  'std::net::TcpStream::connect_timeout': sockets,
  'std::net::TcpListener::bind': sockets,
  'std::net::UdpSocket::bind': sockets,
  'std::process::Command::new': processes,
};

const functions = new Set(Object.keys(unsupported));

export const unsupportedStd: Rule = {
  code: 'wasi/unsupported-std',
  title: 'Threads, sockets and processes',
  explanation:
    "Rust's library compiles for WASI whole, but what the system has no counterpart for fails when it is called.",
  severity: 'warning',
  rust: (source) => {
    if (!/\bthread\b|\bnet\b|\bCommand\b/.test(source.text)) return [];
    return source
      .callsOf(functions)
      .filter(({ node }) => !isUnderCfgMacro(node))
      .map(({ callee, path }) => ({ range: source.rangeOf(callee), message: unsupported[path]! }));
  },
  manifest: ({ dependencies }) =>
    dependencies
      .filter(({ crate }) => crate === 'rayon')
      .map(({ entry }) => ({
        range: entry.keyRange,
        severity: 'hint' as const,
        message:
          'rayon finds no threads on WASI and does all work in turn, at the cost of its bookkeeping. Plain iterators take fewer instructions.',
      })),
};
