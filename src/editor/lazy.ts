/** A value made at its first use. One that failed to be made is tried again the next time. */
export interface Lazy<T> {
  get(): Promise<T>;
  /** The value if it is made, or being made. */
  peek(): Promise<T> | undefined;
}

export function lazy<T>(make: () => Promise<T>): Lazy<T> {
  let made: Promise<T> | undefined;
  return {
    get() {
      made ??= make().catch((error: unknown) => {
        made = undefined;
        throw error;
      });
      return made;
    },
    peek: () => made,
  };
}
