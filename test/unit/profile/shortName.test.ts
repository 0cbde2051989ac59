import assert from 'node:assert/strict';
import { plainName, shortName } from '../../../src/profile/shortName.ts';
import { demangle } from '../../../src/rust/demangle.ts';

/** Names of real programs, from both manglings and from line tables, which leave out the path. */
const names: readonly (readonly [name: string, short: string])[] = [
  ['_start', '_start'],
  ['main', 'main'],
  ['(callers not kept)', '(callers not kept)'],
  ['wasm-function[3]', 'wasm-function[3]'],
  ['wasi:cli/run@0.2.0#run', 'wasi:cli/run@0.2.0#run'],
  ['first_steps::main', 'first_steps::main'],
  ['std::sys::backtrace::__rust_begin_short_backtrace', 'backtrace::__rust_begin_short_backtrace'],
  ['core::mem::replace::<isize>', 'mem::replace<…>'],
  ['core::slice::memchr::memrchr::{closure#1}', 'memrchr::{closure#1}'],
  ['std::rt::lang_start::<()>::{closure#0}', 'lang_start<…>::{closure#0}'],
  ['std::rt::lang_start::{{closure}}', 'lang_start::{{closure}}'],
  [
    '<std::sync::once::Once>::call_once::<std::rt::cleanup::{closure#0}>::{closure#0}',
    'call_once<…>::{closure#0}',
  ],
  ['app::run::{closure#0}::{closure#2}', 'run::{closure#0}::{closure#2}'],
  ['{closure#0}<&word_count::Count, core::result::Result<(), serde_json::error::Error>>', '{closure#0}<…>'],
  ['catch_unwind<std::rt::lang_start_internal::{closure#0}, isize>', 'catch_unwind<…>'],
  [
    'do_call<&(dyn core::ops::function::Fn<(), Output=i32> + core::panic::unwind_safe::RefUnwindSafe), i32>',
    'do_call<…>',
  ],
  [
    'call_once<fn() -> core::result::Result<(), alloc::boxed::Box<dyn core::error::Error, alloc::alloc::Global>>, ()>',
    'call_once<…>',
  ],
  [
    'std::panicking::catch_unwind::do_call::<&dyn core::ops::function::Fn<(), Output = i32> + core::marker::Sync + core::panic::unwind_safe::RefUnwindSafe, i32>',
    'catch_unwind::do_call<…>',
  ],
  [
    '<&dyn core::ops::function::Fn<(), Output = i32> + core::marker::Sync + core::panic::unwind_safe::RefUnwindSafe as core::ops::function::FnOnce<()>>::call_once',
    'dyn Fn<…>::call_once',
  ],
  ['serde_json::de::Deserializer<R>::parse_whitespace', 'Deserializer<…>::parse_whitespace'],
  ['<alloc::raw_vec::RawVecInner>::non_null::<u8>', 'RawVecInner::non_null<…>'],
  [
    '<core::slice::iter::Iter<u8> as core::iter::traits::iterator::Iterator>::rposition::<core::slice::memchr::memrchr::{closure#0}>',
    'Iter<…>::rposition<…>',
  ],
  [
    '<&mut serde_json::ser::Serializer<W,F> as serde_core::ser::Serializer>::serialize_str',
    'Serializer<…>::serialize_str',
  ],
  ['<T as core::convert::Into<U>>::into', 'Into<…>::into'],
  ['<&mut W as std::io::Write>::write_all', 'Write::write_all'],
  ['core::fmt::num::imp::<impl core::fmt::Display for u32>::fmt', 'u32::fmt'],
  ['alloc::str::<impl str>::to_lowercase', 'str::to_lowercase'],
  ['<[u8]>::align_to::<(usize, usize)>', '[u8]::align_to<…>'],
  ['<[app::Item; 4] as core::clone::Clone>::clone', '[Item; 4]::clone'],
  ['<(app::A, app::B) as core::cmp::PartialEq>::eq', '(…)::eq'],
  ['<fn(app::A) -> app::B as core::ops::function::FnOnce<(app::A,)>>::call_once', 'fn(…)::call_once'],
  ['<dyn core::any::Any + core::marker::Send>::is::<app::A>', 'dyn Any::is<…>'],
  ['<<std::io::buffered::bufwriter::BufWriter<_>>::flush_buf::BufGuard>::consume', 'BufGuard::consume'],
  ["app::f::<'<'>", 'app::f<…>'],
  ['broken<a::b', 'broken<a::b'],
  ['a::b>::c', 'a::b>::c'],
];

describe('The short name of a function', () => {
  for (const [name, short] of names) {
    it(`is ${short} for ${name.slice(0, 70)}`, () => assert.equal(shortName(name), short));
  }

  it('is made of names as they stand in a module', () => {
    const mangled = {
      _RNvMs0_NtCs9w8RDfpKrLd_4wasi13lib_generatedNtB5_5Errno4name: 'Errno::name',
      _RINvCs2TpYSQqjWyK_4test8fold_erruNtNtCsi9YzqDQQz2q_5alloc6string6StringEB2_: 'test::fold_err<…>',
      _ZN4core3ops8function6FnOnce9call_once17h603c4a6f3ea1ecb3E: 'FnOnce::call_once',
      '_ZN73_$LT$a..S$u20$as$u20$core..ops..Index$LT$$RF$$u5b$u8$u5d$$C$$BP$T$GT$$GT$5index17h0123456789abcdefE':
        'S::index',
    };
    for (const [name, short] of Object.entries(mangled)) assert.equal(shortName(demangle(name)), short);
  });

  it('has no path and no arguments where only the last part is asked for', () => {
    assert.equal(plainName('call_once<fn() -> core::result::Result<(), ()>, ()>'), 'call_once');
    assert.equal(plainName('core::ops::function::FnOnce::call_once::<fn(), ()>'), 'call_once');
  });
});
