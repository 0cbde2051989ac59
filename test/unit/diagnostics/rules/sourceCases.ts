import { type FileTexts, manifest, outlayer } from '../support.ts';
import type { CaseTable } from './cases.ts';

/** A program of one file. */
const program = (source: string, more = '', edition = '2021'): FileTexts => ({
  'Cargo.toml': manifest(more, edition),
  'src/main.rs': source,
});
const worker = (source: string): FileTexts => program(source, outlayer);

export const sourceCases: CaseTable = {
  'wasi/args': {
    found: {
      'a full path': worker('fn main() { let n = «std::env::args()».nth(1); println!("{n:?}"); }\n'),
      'an import': worker(
        'use std::env;\nfn main() { for a in «env::args()».skip(1) { println!("{a}"); } }\n',
      ),
      'a renamed function': worker('use std::{env::args as given, fs};\nfn main() { let _ = «given()»; }\n'),
      'beyond ASCII': worker('fn main() { let _ = ("ä𝄞", «std::env::args()»); }\n'),
      'an argument of println!': worker(
        'fn main() { println!("{:?} {n}", «std::env::args()».nth(1), n = 1); }\n',
      ),
      'a macro within a macro': worker(
        'fn main() { assert!(format!("{:?}", «std::env::args()») == "x", "no"); }\n',
      ),
      'a module in a file': {
        'Cargo.toml': manifest(outlayer),
        'src/main.rs': 'mod cli;\nfn main() { cli::go() }\n',
        'src/cli.rs': 'pub fn go() { let _ = «std::env::args_os()»; }\n',
      },
    },
    nearMisses: {
      'plain WASI': program('fn main() { let _ = std::env::args(); }\n'),
      'another args': worker('mod env { pub fn args() {} }\nfn main() { env::args() }\n'),
      'in a test': worker('fn main() {}\n#[cfg(test)]\nmod tests { fn f() { std::env::args(); } }\n'),
      'in a comment and a string': worker('// std::env::args()\nfn main() { let _ = "std::env::args()"; }\n'),
      'in a build script': {
        'Cargo.toml': manifest(outlayer),
        'src/main.rs': 'fn main() {}\n',
        'build.rs': 'fn main() { std::env::args(); }\n',
      },
    },
  },
  'wasi/exit-zero': {
    found: {
      'the end of main': worker('fn main() { println!(); «std::process::exit(0)»; }\n'),
      'an import': worker('use std::process;\nfn main() { if true { «process::exit(0)» } }\n'),
      'another function': worker('use std::process::exit;\nfn main() { f() }\nfn f() { «exit(0)» }\n'),
    },
    nearMisses: {
      'a failure': worker('fn main() { std::process::exit(1) }\n'),
      'plain WASI': program('fn main() { std::process::exit(0) }\n'),
      'for Windows': worker('fn main() { #[cfg(windows)] { std::process::exit(0) } }\n'),
    },
  },
  'wasi/no-output': {
    found: {
      'a result on stderr': program('fn «main»() { let n = 1 + 1; eprintln!("{n}"); }\n'),
    },
    nearMisses: {
      'a result on stdout': program('fn main() { println!("1"); eprintln!("done"); }\n'),
      'a macro that prints': program(
        'macro_rules! out { () => { print!("x") } }\nfn main() { out!(); eprintln!("a"); }\n',
      ),
      'writing to a handle': program(
        'use std::io::Write;\nfn main() { eprintln!("a"); std::io::stdout().write_all(b"x").unwrap(); }\n',
      ),
      'another module prints': {
        'Cargo.toml': manifest(),
        'src/main.rs': 'mod out;\nfn main() { eprintln!("a"); out::go() }\n',
        'src/out.rs': 'pub fn go() { println!("x") }\n',
      },
      'a crate that may print': program(
        'fn main() { eprintln!("a"); app2::go() }\n',
        '\n[dependencies]\napp2 = "1"\n',
      ),
      'nothing at all': program('fn main() {}\n'),
    },
  },
  'wasi/noise-in-json': {
    found: {
      'a message before': program(
        'fn main() { «println»!("Processing {}", 1); println!("{}", serde_json::to_string(&1).unwrap()); }\n',
      ),
      'a message after, by a variable': program(
        'fn main() { let out = serde_json::to_string(&1).unwrap(); println!("{out}"); «print»!("done: 1"); }\n',
      ),
      'a value for debugging, in an outer block': program(
        'fn main() { let x = 1; «println»!("x = {x:?}"); if x > 0 { println!("{}", serde_json::json!({"a": x})); } }\n',
      ),
    },
    nearMisses: {
      stderr: program(
        'fn main() { eprintln!("Processing"); println!("{}", serde_json::to_string(&1).unwrap()); }\n',
      ),
      'dbg!, which prints to stderr': program(
        'fn main() { dbg!(1); println!("{}", serde_json::to_string(&1).unwrap()); }\n',
      ),
      'another branch': program(
        'fn main() { if true { println!("Usage: app"); } else { println!("{}", serde_json::to_string(&1).unwrap()); } }\n',
      ),
      'no JSON': program('fn main() { println!("Processing"); println!("{}", 1.to_string()); }\n'),
      'JSON by hand': program(
        'fn main() { println!("{{"); println!("{}", serde_json::to_string(&1).unwrap()); println!("}}"); }\n',
      ),
    },
  },
  'wasi/unsupported-std': {
    found: {
      'a thread': program('use std::thread;\nfn main() { «thread::spawn»(|| {}); }\n'),
      'threads in a scope': program('fn main() { «std::thread::scope»(|s| { s.spawn(|| {}); }); }\n'),
      'a socket': program('use std::net::TcpStream;\nfn main() { let _ = «TcpStream::connect»("a:1"); }\n'),
      'a process': program('fn main() { let _ = «std::process::Command::new»("ls").output(); }\n'),
      rayon: { 'Cargo.toml': manifest('\n[dependencies]\n«rayon» = "1"\n'), 'src/main.rs': 'fn main() {}\n' },
    },
    nearMisses: {
      'for other platforms': program(
        'fn main() { go() }\n#[cfg(not(target_arch = "wasm32"))]\nfn go() { std::thread::spawn(|| {}); }\n#[cfg(target_arch = "wasm32")]\nfn go() {}\n',
      ),
      'a module for Unix in a file': {
        'Cargo.toml': manifest(),
        'src/main.rs': '#[cfg(unix)]\nmod unix;\nfn main() {}\n',
        'src/unix.rs': 'pub fn go() { std::thread::spawn(|| {}); }\n',
      },
      'by cfg!': program('fn main() { if cfg!(not(target_os = "wasi")) { std::thread::spawn(|| {}); } }\n'),
      'a feature that is off': program(
        'fn main() {}\n#[cfg(feature = "threads")]\nfn f() { std::thread::spawn(|| {}); }\n',
        '\n[features]\nthreads = []\n',
      ),
      'a spawn of something else': program(
        'fn main() { tokio::spawn(async {}); thread::spawn(1); }\nmod thread { pub fn spawn(_: i32) {} }\n',
      ),
      'two imports of one name': program(
        'mod a { use std::thread; }\nmod b { use other::thread; fn f() { thread::spawn(|| {}); } }\nfn main() {}\n',
      ),
    },
  },
  'wasi/env-unwrap': {
    found: {
      'a name': program('fn main() { let k = «std::env::var("KEY").unwrap()»; println!("{k}"); }\n'),
      'an argument of println!': program('fn main() { println!("{}", «std::env::var("KEY").unwrap()»); }\n'),
      'a variable name': program(
        'use std::env;\nfn main() { let n = "A"; let _ = «env::var(n).unwrap()»; }\n',
      ),
    },
    nearMisses: {
      'a default': program('fn main() { let _ = std::env::var("KEY").unwrap_or_default(); }\n'),
      'tokens of a macro of its own': program(
        'macro_rules! m { ($($t:tt)*) => {} }\nfn main() { m!(std::env::var("KEY").unwrap()); }\n',
      ),
      'a text in a text': program('fn main() { println!("println!({})", "std::env::var(1).unwrap()"); }\n'),
      'a reason': program('fn main() { let _ = std::env::var("KEY").expect("KEY is set"); }\n'),
      'at compile time': program('fn main() { let _ = env!("KEY"); }\n'),
    },
  },
  'wasi/input-unwrap': {
    found: {
      'a text that was read': program(
        'use std::io::Read;\nfn main() { let mut s = String::new(); std::io::stdin().read_to_string(&mut s).unwrap(); let v: i32 = «serde_json::from_str(&s).unwrap()»; println!("{v}"); }\n',
      ),
      'stdin itself': program(
        'fn main() { let v: i32 = «serde_json::from_reader(std::io::stdin()).unwrap()»; println!("{v}"); }\n',
      ),
      'an import and a type': program(
        'use serde_json::from_str;\nfn main() { let s = std::io::read_to_string(std::io::stdin()).unwrap(); let v = «from_str::<i32>(s.trim()).unwrap()»; println!("{v}"); }\n',
      ),
    },
    nearMisses: {
      'an error': program(
        'fn main() -> Result<(), Box<dyn std::error::Error>> { let v: i32 = serde_json::from_reader(std::io::stdin())?; println!("{v}"); Ok(()) }\n',
      ),
      'another text': program(
        'fn main() { let s = String::from("1"); let _ = std::io::stdin(); let v: i32 = serde_json::from_str(&s).unwrap(); println!("{v}"); }\n',
      ),
      'in a test': program(
        'fn main() { let _ = std::io::stdin(); }\n#[test]\nfn t() { let v: i32 = serde_json::from_reader(std::io::stdin()).unwrap(); }\n',
      ),
    },
  },
  'wasi/absolute-path': {
    found: {
      'reading /tmp': program('fn main() { let _ = std::fs::read_to_string(«"/tmp/a.txt"»); }\n'),
      'creating a file': program(
        'use std::fs::File;\nfn main() { let _ = File::create(«"/home/me/out"»); }\n',
      ),
      Windows: program('use std::fs;\nfn main() { let _ = fs::read(«"C:/data/a"»); }\n'),
    },
    nearMisses: {
      'a relative path': program('fn main() { let _ = std::fs::read("tmp/a.txt"); }\n'),
      'the root, which a worker has': program('fn main() { let _ = std::fs::read("/state.json"); }\n'),
      'for Unix only': program('fn main() { #[cfg(unix)] let _ = std::fs::read("/tmp/a"); }\n'),
      'another read': program('fn read(_: &str) {}\nfn main() { read("/tmp/a"); }\n'),
    },
  },
  'wasi/unsafe-attribute': {
    found: {
      no_mangle: program('#[«no_mangle»]\npub extern "C" fn f() {}\nfn main() {}\n', '', '2024'),
      'the edition of the workspace': {
        'Cargo.toml': '[package]\nname = "app"\nedition.workspace = true\n',
        'src/main.rs': '#[«no_mangle»]\npub extern "C" fn f() {}\nfn main() {}\n',
        '../Cargo.toml': '[workspace]\nmembers = ["crate"]\n[workspace.package]\nedition = "2024"\n',
      },
      export_name: program('#[«export_name = "f"»]\npub extern "C" fn g() {}\nfn main() {}\n', '', '2024'),
    },
    nearMisses: {
      'an older edition': program('#[no_mangle]\npub extern "C" fn f() {}\nfn main() {}\n'),
      'unsafe already': program('#[unsafe(no_mangle)]\npub extern "C" fn f() {}\nfn main() {}\n', '', '2024'),
    },
  },
};
