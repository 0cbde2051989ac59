import type { Price, PriceConstants } from '../../shared/price.ts';

/** The constants that the contract started with. Those in force are the contract's to say. */
export const initialPrice: PriceConstants = {
  near: {
    base: '1000000000000000000000',
    perMillionInstructions: '100000000000000',
    perMs: '100000000000000000',
    perCompileMs: '100000000000000000',
  },
  https: { base: 1000, perMillionInstructions: 1, perSecond: 1, perCompileMs: 10 },
};

/** What is paid for. */
export interface PricedWork {
  /** Units of fuel that are billed. */
  readonly instructions: number;
  /** Milliseconds of running. */
  readonly timeMs: number;
  /** Milliseconds of compiling; 0 where the worker has the program compiled already. */
  readonly compileMs: number;
}

const million = 1_000_000;

/** The price of a run both ways. Times count in whole milliseconds. */
export function priceOf(
  { instructions, timeMs, compileMs }: PricedWork,
  { near, https }: PriceConstants = initialPrice,
): Price {
  const [ms, compile] = [Math.round(timeMs), Math.round(compileMs)];
  const yocto =
    BigInt(near.base) +
    BigInt(Math.floor(instructions / million)) * BigInt(near.perMillionInstructions) +
    BigInt(ms) * BigInt(near.perMs) +
    BigInt(compile) * BigInt(near.perCompileMs);
  const microUsd =
    https.base +
    (instructions / million) * https.perMillionInstructions +
    (ms / 1000) * https.perSecond +
    compile * https.perCompileMs;
  // Binary fractions leave a rest that nobody means.
  return { yoctoNear: yocto.toString(), microUsd: Math.round(microUsd * million) / million };
}

const yoctoDigits = 24;

/** `0.00100123 NEAR`: up to that many digits that count, cut and not rounded up. */
export function formatNear(yoctoNear: string, digits = 6): string {
  const padded = yoctoNear.padStart(yoctoDigits + 1, '0');
  const whole = padded.slice(0, -yoctoDigits);
  const part = padded.slice(-yoctoDigits);
  const leading = whole === '0' ? /^0*/.exec(part)![0].length : 0;
  const shown = part.slice(0, leading + digits).replace(/0+$/, '');
  return `${whole}${shown === '' ? '' : `.${shown}`} NEAR`;
}

/** `0.001042 USD`: to the micro-USD, and to a thousandth of one where it is not whole. */
export function formatUsd(microUsd: number): string {
  const digits = Number.isInteger(microUsd) ? 6 : 9;
  return `${(microUsd / million).toFixed(digits).replace(/(\.\d\d\d*?)0+$/, '$1')} USD`;
}
