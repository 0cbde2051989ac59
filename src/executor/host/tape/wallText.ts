const second = 1_000_000_000n;

/** RFC 3339 with nanoseconds, of nanoseconds since the Unix epoch. */
export function wallText(nanoseconds: bigint): string {
  const seconds = nanoseconds / second;
  const text = new Date(Number(seconds) * 1000).toISOString();
  return text.replace('.000Z', `.${String(nanoseconds % second).padStart(9, '0')}Z`);
}

/** The way back; null for what is no such text. */
export function wallNanoseconds(text: string): bigint | null {
  const [, seconds = '', fraction = ''] = /^(.*)\.(\d{9})Z$/.exec(text) ?? [];
  const ms = Date.parse(`${seconds}Z`);
  return Number.isNaN(ms) ? null : BigInt(ms) * 1_000_000n + BigInt(fraction);
}
