import assert from 'node:assert/strict';
import { demangle } from '../../../src/rust/demangle.ts';

/** As rustc-demangle 0.1.28 prints them in its short form; names that rustc 1.95 and its library have. */
const names: [mangled: string, short: string][] = [
  ['_RNvCs123_7mycrate4main', 'mycrate::main'],
  ['_RNvNtCshXfaRvt2tfW_3std9panicking15panic_with_hook', 'std::panicking::panic_with_hook'],
  ['_RNCNvNtCsebHcaeoSrxy_3std5alloc8rust_oom0B5_', 'std::alloc::rust_oom::{closure#0}'],
  ['_RNvMs0_NtCs9w8RDfpKrLd_4wasi13lib_generatedNtB5_5Errno4name', '<wasi::lib_generated::Errno>::name'],
  [
    '_RINvCs2TpYSQqjWyK_4test8fold_erruNtNtCsi9YzqDQQz2q_5alloc6string6StringEB2_',
    'test::fold_err::<(), alloc::string::String>',
  ],
  [
    '_RINvCs2TpYSQqjWyK_4test28___rust_begin_short_backtraceINtNtCsdHhIpgkcIfN_4core6result6ResultuNtNtCsi9YzqDQQz2q_5alloc6string6StringEINtNtB1x_5boxed3BoxDINtNtNtBV_3ops8function6FnOnceuEp6OutputBQ_NtNtBV_6marker4SendEL_EEB2_',
    'test::__rust_begin_short_backtrace::<core::result::Result<(), alloc::string::String>, alloc::boxed::Box<dyn core::ops::function::FnOnce<(), Output = core::result::Result<(), alloc::string::String>> + core::marker::Send>>',
  ],
  ['_RINvC1a1fRShQAej8_E', 'a::f::<&[u8], &mut [str; 8]>'],
  ['_RINvC1a1fTlETlmEE', 'a::f::<(i32,), (i32, u32)>'],
  ['_RINvC1a1fFUKCPuOzEbE', 'a::f::<unsafe extern "C" fn(*const (), *mut !) -> bool>'],
  ['_RINvC1a1fFG_RL0_eEuE', "a::f::<for<'a> fn(&'a str)>"],
  ['_RINvC1a1fKlna_Kb1_Kc41_KpE', "a::f::<-10, true, 'A', _>"],
  ['_RNvXC1aNtC1a1SNtC1a1T1m', '<a::S as a::T>::m'],
  ['_RNvYNtC1a1SNtC1a1T1m', '<a::S as a::T>::m'],
  ['_RNvC1a4mainCs1_1b', 'a::main'],
  ['_RNvC1a4main.llvm.123456', 'a::main'],
  ['_ZN4core9panicking9panic_fmt17h603c4a6f3ea1ecb3E', 'core::panicking::panic_fmt'],
  ['__ZN4core9panicking9panic_fmt17h603c4a6f3ea1ecb3E', 'core::panicking::panic_fmt'],
  [
    '_ZN3std2rt10lang_start28_$u7b$$u7b$closure$u7d$$u7d$17hd44b2014a7804b9bE',
    'std::rt::lang_start::{{closure}}',
  ],
  [
    '_ZN73_$LT$a..S$u20$as$u20$core..ops..Index$LT$$RF$$u5b$u8$u5d$$C$$BP$T$GT$$GT$5index17h0123456789abcdefE',
    '<a::S as core::ops::Index<&[u8],*T>>::index',
  ],
];

describe('demangle', () => {
  for (const [mangled, short] of names) {
    it(`prints ${short.slice(0, 60)}`, () => {
      assert.equal(demangle(mangled), short);
    });
  }

  const others = [
    '_start',
    'wasm-function[3]',
    '',
    '_R',
    '_RNvC1a', // ends in the middle
    '_RNvC1a4mainX', // goes on after its end
    '_RNvB_1a', // a reference to itself
    '_RINvC1a1fB9_E', // a reference forwards
    '_ZN3foo3barE', // C++, without Rust's hash
    '_ZN99foo17h0123456789abcdefE', // shorter than it says
    `_RINvC1a1f${'T'.repeat(5000)}`, // nested deeper than any program
  ];
  for (const name of others) {
    it(`leaves ${JSON.stringify(name.slice(0, 30))} as it is`, () => assert.equal(demangle(name), name));
  }

  it('gives up on references that would grow without bound', () => {
    // Each tuple holds two references to the one before it: 2^40 types.
    let name = '_RINvC1a1fTuuE';
    let last = name.indexOf('TuuE') - 2;
    const base62 = (n: number): string =>
      (n >= 62 ? base62(Math.floor(n / 62)) : '') +
      '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'.charAt(n % 62);
    for (let n = 0; n < 40; n++) {
      const start = name.length - 2;
      name += `TB${base62(last - 1)}_B${base62(last - 1)}_E`;
      last = start;
    }
    name += 'E';
    assert.equal(demangle(name), name);
  });
});
