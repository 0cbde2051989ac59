export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** A bar, and whether it was met: `0.62 (bar 0.75: met)`. */
export function against(value: number, most: number, unit = ''): string {
  return `${value.toFixed(2)}${unit} (bar ${most}${unit}: ${value <= most ? 'met' : 'MISSED'})`;
}
