import assert from 'node:assert/strict';
import { isStartup } from '../../../src/profile/startup.ts';

const startup = [
  ['_start', 'std'],
  ['__main_void', 'unknown'],
  ['main', 'unknown'],
  ['std::rt::lang_start::<()>', 'std'],
  ['std::rt::lang_start::<()>::{closure#0}', 'std'],
  ['std::rt::lang_start::{{closure}}', 'unknown'],
  ['{closure#0}<()>', 'std'],
  ['catch_unwind<std::rt::lang_start_internal::{closure#0}, isize>', 'std'],
  ['std::sys::backtrace::__rust_begin_short_backtrace::<fn(), ()>', 'unknown'],
  ['call_once<fn() -> core::result::Result<(), alloc::string::String>, ()>', 'std'],
  ['<fn() as core::ops::function::FnOnce<()>>::call_once', 'std'],
  [
    '<&dyn core::ops::function::Fn<(), Output = i32> + core::marker::Sync + core::panic::unwind_safe::RefUnwindSafe as core::ops::function::FnOnce<()>>::call_once',
    'std',
  ],
  ['wasi:cli/run@0.2.6#run', 'unknown'],
  ['wasi::exports::cli::run::_export_run_cabi::<app::App>', 'dependency'],
] as const;

const others = [
  ['app::main', 'yours'],
  ['app::main', 'unknown'],
  ['main', 'yours'],
  ['app::main::{closure#0}', 'unknown'],
  ['tokio::runtime::call_once', 'dependency'],
  ['<std::sync::once::Once>::call', 'std'],
  ['<std::sync::once::Once>::call_once::<std::rt::cleanup::{closure#0}>', 'std'],
  ['std::rt::cleanup', 'std'],
  ['alloc::vec::Vec<T>::push', 'std'],
  ['compute', 'unknown'],
  ['near:storage/api#main', 'unknown'],
] as const;

describe('What leads to a program’s own code', () => {
  it('is told by name and by whose code it is', () => {
    for (const [name, origin] of startup) assert.ok(isStartup({ name, origin }), name);
    for (const [name, origin] of others) assert.ok(!isStartup({ name, origin }), `${name} of ${origin}`);
  });
});
