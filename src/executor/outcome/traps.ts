/** V8's messages for traps, by how they begin, and wasmtime's words for them (its `Trap` enum). */
const words: readonly (readonly [v8: string, wasmtime: string])[] = [
  ['unreachable', 'wasm `unreachable` instruction executed'],
  ['memory access out of bounds', 'out of bounds memory access'],
  ['divide by zero', 'integer divide by zero'],
  ['remainder by zero', 'integer divide by zero'],
  ['divide result unrepresentable', 'integer overflow'],
  // wasmtime tells a number that is too large from one that is not a number; V8 has one message for both.
  ['float unrepresentable in integer range', 'integer overflow or invalid conversion to integer'],
  ['table index is out of bounds', 'undefined element: out of bounds table access'],
  ['table access out of bounds', 'undefined element: out of bounds table access'],
  ['element segment out of bounds', 'undefined element: out of bounds table access'],
  // wasmtime: "uninitialized element" for null, "indirect call type mismatch" for another type.
  ['null function or function signature mismatch', 'uninitialized element or indirect call type mismatch'],
  ['dereferencing a null pointer', 'null reference'],
  ['illegal cast', 'cast failure'],
  ['array element access out of bounds', 'out of bounds array access'],
  ['operation does not support unaligned accesses', 'unaligned atomic'],
  ['Maximum call stack size exceeded', 'call stack exhausted'],
];

/**
 * A trap's cause in wasmtime's words, such as `out of bounds memory access`; V8's own where there are none. Segments
 * that don't fit are found when a module is instantiated, which V8 then puts in front.
 */
export function trapWords(v8Message: string): string {
  const message = v8Message.replace(/^WebAssembly\.Instance\(\): /, '');
  if (/^data segment \d+ is out of bounds/.test(message)) return 'out of bounds memory access';
  return words.find(([v8]) => message.startsWith(v8))?.[1] ?? message;
}
