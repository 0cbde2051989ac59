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
  /** `+1,204`, `−12`, `±0` */
  readonly signed: (value: number) => string;
  /** `−12.1 %`: how much `value` is above or below `base`. */
  readonly signedPercent: (value: number, base: number) => string;
  /** `14:02:11`, in the machine's time zone. */
  readonly time: (milliseconds: number) => string;
}

/** @param locale a BCP 47 tag, such as `de` */
export function formatsOf(locale: string): Formats {
  const digits = (value: number, fraction: number) =>
    value.toLocaleString(locale, { minimumFractionDigits: fraction, maximumFractionDigits: fraction });
  const noBreak = '\u00a0';
  const sign = (value: number) => (value > 0 ? '+' : value < 0 ? '−' : '±');
  const percent = (share: number) => {
    const percents = share * 100;
    if (percents > 0 && percents < 0.01) return `<${noBreak}${digits(0.01, 2)}${noBreak}%`;
    return `${digits(percents, percents < 1 ? 2 : 1)}${noBreak}%`;
  };
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return {
    exact: (value) => digits(value, 0),
    percent,
    signed: (value) => `${sign(value)}${digits(Math.abs(value), 0)}`,
    signedPercent(value, base) {
      if (base === 0) return value === 0 ? `±${percent(0)}` : 'new';
      return `${sign(value - base)}${percent(Math.abs(value - base) / base)}`;
    },
    time: (milliseconds) => clock.format(milliseconds),
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
