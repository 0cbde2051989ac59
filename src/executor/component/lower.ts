import type { CanonContext } from './context.ts';
import { ComponentError } from './componentError.ts';
import { type Codec, type FlatValue, mostFlat } from './codec/codec.ts';
import { codecOf } from './codec/codecOf.ts';
import { tuple } from './codec/products.ts';
import type { ComponentFunc } from './types.ts';
import { trap } from './trap.ts';

/** A function as a core module imports it. */
export type CoreFunction = (...args: FlatValue[]) => FlatValue | undefined;

/**
 * `canon lower`: a component function as a core function. What it takes is worked out at the first call, because
 * programs import far more than they use.
 */
export function lower(func: ComponentFunc, cx: CanonContext): CoreFunction {
  const { params, result } = func.type;
  const flatParams = params.reduce((sum, param) => sum + codecOf(param.type).flat.length, 0);
  const coreParams = flatParams > mostFlat ? 1 : flatParams;
  const flatResults = result === null ? 0 : codecOf(result).flat.length;
  const returnsPointer = flatResults > 1;
  const flat: FlatValue[] = new Array<FlatValue>(coreParams).fill(0);

  let enter = (): FlatValue | undefined => {
    const codecs = params.map((param) => codecOf(param.type));
    const call = caller(func.call, codecs, flatParams > mostFlat, cx, flat);
    const leave = returner(func, cx, flat, coreParams, returnsPointer);
    const { instance } = cx;
    enter = () => {
      if (!instance.mayLeave) trap('cannot leave component instance');
      return leave(call);
    };
    return enter();
  };
  return withArity(coreParams + (returnsPointer ? 1 : 0), flat, () => enter());
}

/** Fixed numbers of parameters, because engines call those without making an array of arguments. */
function withArity(arity: number, flat: FlatValue[], enter: () => FlatValue | undefined): CoreFunction {
  switch (arity) {
    case 0:
      return enter;
    case 1:
      return (a) => {
        flat[0] = a!;
        return enter();
      };
    case 2:
      return (a, b) => {
        flat[0] = a!;
        flat[1] = b!;
        return enter();
      };
    case 3:
      return (a, b, c) => {
        flat[0] = a!;
        flat[1] = b!;
        flat[2] = c!;
        return enter();
      };
    case 4:
      return (a, b, c, d) => {
        flat[0] = a!;
        flat[1] = b!;
        flat[2] = c!;
        flat[3] = d!;
        return enter();
      };
    default:
      return (...args) => {
        for (let i = 0; i < arity; i++) flat[i] = args[i]!;
        return enter();
      };
  }
}

/** Lifts the arguments and calls. */
function caller(
  callee: (...args: unknown[]) => unknown,
  codecs: readonly Codec[],
  spilled: boolean,
  cx: CanonContext,
  flat: readonly FlatValue[],
): () => unknown {
  if (spilled) {
    const all = tuple(codecs);
    return () => {
      const at = cx.memory.check(flat[0] as number, all.size, all.align);
      return callee(...(all.load(cx, at) as unknown[]));
    };
  }
  const [a, b, c] = codecs;
  const [, bAt = 0, cAt = 0] = offsets(codecs);
  switch (codecs.length) {
    case 0:
      return () => callee();
    case 1:
      return () => callee(a!.lift(cx, flat, 0));
    case 2:
      return () => callee(a!.lift(cx, flat, 0), b!.lift(cx, flat, bAt));
    case 3:
      return () => callee(a!.lift(cx, flat, 0), b!.lift(cx, flat, bAt), c!.lift(cx, flat, cAt));
    default: {
      const at = offsets(codecs);
      return () => callee(...codecs.map((codec, i) => codec.lift(cx, flat, at[i]!)));
    }
  }
}

function offsets(codecs: readonly Codec[]): number[] {
  let at = 0;
  return codecs.map((codec) => {
    const start = at;
    at += codec.flat.length;
    return start;
  });
}

/** Makes the call and lowers what it answers. */
function returner(
  func: ComponentFunc,
  cx: CanonContext,
  flat: readonly FlatValue[],
  pointerAt: number,
  returnsPointer: boolean,
): (call: () => unknown) => FlatValue | undefined {
  const type = func.type.result;
  if (type === null) {
    return (call) => {
      call();
      return undefined;
    };
  }
  const codec = codecOf(type);
  const answer = type.kind === 'result' ? settle : (call: () => unknown) => call();
  const { instance } = cx;
  if (returnsPointer) {
    return (call) => {
      // Read first: a call that comes back in would leave its own arguments here.
      const pointer = flat[pointerAt] as number;
      const value = answer(call);
      instance.mayLeave = false;
      codec.store(cx, value, cx.memory.check(pointer, codec.size, codec.align));
      instance.mayLeave = true;
      return undefined;
    };
  }
  const out: FlatValue[] = [];
  return (call) => {
    const value = answer(call);
    instance.mayLeave = false;
    codec.lower(cx, value, out, 0);
    instance.mayLeave = true;
    return out[0];
  };
}

/** The value of a `result`, from what was returned or thrown. What is no answer of the function's goes on up. */
function settle(call: () => unknown): { tag: 'ok' | 'err'; val: unknown } {
  try {
    return { tag: 'ok', val: call() };
  } catch (thrown) {
    if (!(thrown instanceof ComponentError)) throw thrown;
    return { tag: 'err', val: thrown.payload };
  }
}
