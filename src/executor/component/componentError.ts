/** Thrown where a function of type `result<_, E>` answers with the error; `payload` is the E. jco's convention. */
export class ComponentError extends Error {
  readonly payload: unknown;

  constructor(payload?: unknown) {
    super('a component function answered with an error');
    this.name = 'ComponentError';
    this.payload = payload;
  }
}
