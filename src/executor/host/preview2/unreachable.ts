/**
 * Stands for a resource of which no guest can have a handle, because every function that would make one answers with
 * an error. Its own functions can be imported; to call one is to use a handle that does not exist.
 */
export const Unreachable = function (): never {
  throw new TypeError('no such resource exists');
};
