import { ComponentError } from './componentError.ts';
import { allocate, type CanonContext } from './context.ts';
import { type FlatValue, mostFlat } from './codec/codec.ts';
import { codecOf } from './codec/codecOf.ts';
import { tuple } from './codec/products.ts';
import type { CoreFunction } from './lower.ts';
import type { ComponentFunc, FuncType } from './types.ts';
import { trap } from './trap.ts';

/** `canon lift`: a core function as a component function, `postReturn` freeing what it returned. */
export function lift(
  type: FuncType,
  core: CoreFunction,
  cx: CanonContext,
  postReturn: CoreFunction | null,
): ComponentFunc {
  const { instance } = cx;
  const params = tuple(type.params.map((param) => codecOf(param.type)));
  const result = type.result === null ? null : codecOf(type.result);

  const lowerParams = (args: unknown[]): FlatValue[] => {
    const flat: FlatValue[] = [];
    if (params.flat.length <= mostFlat) {
      params.lower(cx, args, flat, 0);
      return flat;
    }
    const at = allocate(cx, params.align, params.size);
    params.store(cx, args, at);
    return [at];
  };

  const liftResult = (returned: FlatValue | undefined): unknown => {
    if (result === null) return undefined;
    if (result.flat.length === 1) return result.lift(cx, [returned!], 0);
    return result.load(cx, cx.memory.check(returned as number, result.size, result.align));
  };

  const call = (...args: unknown[]): unknown => {
    if (!instance.mayEnter) trap('cannot enter component instance');
    instance.mayEnter = false;
    cx.openBorrows = 0;
    instance.mayLeave = false;
    const flat = lowerParams(args);
    instance.mayLeave = true;
    const returned = core(...flat);
    const value = liftResult(returned);
    if (postReturn !== null) {
      instance.mayLeave = false;
      if (returned === undefined) postReturn();
      else postReturn(returned);
      instance.mayLeave = true;
    }
    if (cx.openBorrows > 0) trap('borrow handles still remain at the end of the call');
    instance.mayEnter = true;
    return type.result?.kind === 'result' ? unwrap(value) : value;
  };
  return { type, call };
}

function unwrap(value: unknown): unknown {
  const { tag, val } = value as { tag: 'ok' | 'err'; val?: unknown };
  if (tag === 'err') throw new ComponentError(val);
  return val;
}
