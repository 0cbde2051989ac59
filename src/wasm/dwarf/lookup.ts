/** The last of those sorted by address that begins at or below one; undefined where all begin above. */
export function lastFrom<T>(
  sorted: readonly T[],
  address: number,
  addressOf: (one: T) => number,
): T | undefined {
  return sorted[lastIndexFrom(sorted, address, addressOf)];
}

/** Where {@link lastFrom} finds it; -1 where all begin above. */
export function lastIndexFrom<T>(
  sorted: readonly T[],
  address: number,
  addressOf: (one: T) => number,
): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (addressOf(sorted[middle]!) <= address) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
