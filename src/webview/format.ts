/** Numbers as the editor's locale writes them. */
export interface Formats {
  /** Grouped digits, never rounded. */
  readonly exact: (value: number) => string;
  /** `2.4 %`; small shares keep a digit that tells them from nothing. */
  readonly percent: (share: number) => string;
  /** `187 KiB` */
  readonly bytes: (count: number) => string;
  /** `15.2 ms`, `1.25 s` */
  readonly duration: (milliseconds: number) => string;
}

export function formatsOf(locale: string): Formats {
  const digits = (value: number, fraction: number) =>
    value.toLocaleString(locale, { minimumFractionDigits: fraction, maximumFractionDigits: fraction });
  const noBreak = '\u00a0';
  return {
    exact: (value) => digits(value, 0),
    percent(share) {
      const percent = share * 100;
      if (percent > 0 && percent < 0.01) return `<${noBreak}${digits(0.01, 2)}${noBreak}%`;
      return `${digits(percent, percent < 1 ? 2 : 1)}${noBreak}%`;
    },
    bytes(count) {
      if (count < 1024) return `${digits(count, 0)}${noBreak}B`;
      const kib = count / 1024;
      if (kib < 1024) return `${digits(kib, kib < 10 ? 1 : 0)}${noBreak}KiB`;
      const mib = kib / 1024;
      return `${digits(mib, Number.isInteger(mib) ? 0 : 1)}${noBreak}MiB`;
    },
    duration(milliseconds) {
      if (milliseconds < 100) return `${digits(milliseconds, 1)}${noBreak}ms`;
      if (milliseconds < 1000) return `${digits(milliseconds, 0)}${noBreak}ms`;
      return `${digits(milliseconds / 1000, milliseconds < 10_000 ? 2 : 1)}${noBreak}s`;
    },
  };
}
