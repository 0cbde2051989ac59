import type { PanelFunction } from '../shared/panelProfile.ts';
import { plainName } from './shortName.ts';

/** Functions of the C library's and Rust's start, by the last part of their name. */
const starting =
  /^(?:_start|_initialize|__main_void|__original_main|main|lang_start|lang_start_internal|__rust_begin_short_backtrace|catch_unwind|try|__rust_try|do_call|call_once|\{\{?closure.*)$/;

/** Of the same name as `FnOnce::call_once`: what is done once, at the end among others. */
const once = /\bonce::Once\b>?::call_once/;

/** What a component's entry is called, and what bindings make of it. */
const entry = /^wasi:cli\/run@[\d.]+#run$|::_export_run_cabi\b/;

/** Whether a function leads to a program's own code and does nothing else, where its callers do the same. */
export function isStartup({ name, origin }: Pick<PanelFunction, 'name' | 'origin'>): boolean {
  if (entry.test(name)) return true;
  // Without line tables nobody says whose `app::main` is.
  const isForeign = origin === 'std' || (origin === 'unknown' && /^(?:<?(?:core|std)::|[^:]*$)/.test(name));
  return isForeign && starting.test(plainName(name)) && !once.test(name);
}
