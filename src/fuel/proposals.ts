import { WorkbenchError } from '../shared/workbenchError.ts';

/** A proposal that wasmtime 28 leaves off by default, or that no fuel model here describes. */
export function unsupportedProposal(proposal: string, what: string, offset: number): WorkbenchError {
  return new WorkbenchError(
    'unsupported-proposal',
    `The module uses the WebAssembly proposal "${proposal}" (${what} at offset ${offset}), which can't be run here.`,
    { hint: `Build without it: leave its target feature out of rustflags, such as -C target-feature=-….` },
  );
}

const byPlainOpcode = new Map<number, string>([
  ...[0x06, 0x07, 0x08, 0x09, 0x0a, 0x18, 0x19, 0x1f].map((code) => [code, 'exception-handling'] as const),
  ...[0x14, 0x15, 0xd4, 0xd5, 0xd6].map((code) => [code, 'function-references'] as const),
  ...[0xd3, 0xfb].map((code) => [code, 'gc'] as const),
  ...[0xe0, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6].map((code) => [code, 'stack-switching'] as const),
  [0xfe, 'threads'],
]);

/** The proposal that an opcode outside the table belongs to; null for one that none has. */
export function proposalOfOpcode(prefix: number, opcode: number): string | null {
  if (prefix === 0) return byPlainOpcode.get(opcode) ?? null;
  if (prefix === 0xfc && opcode >= 19 && opcode <= 22) return 'wide-arithmetic';
  return null;
}

/** The proposal that a value or heap type belongs to, where its code is none of wasmtime 28's; null for no type. */
export function proposalOfType(code: number): string | null {
  if (code === 0x63 || code === 0x64) return 'function-references';
  if (code === 0x69 || code === 0x74) return 'exception-handling';
  if (code === 0x68 || code === 0x75) return 'stack-switching';
  if (code === 0x77 || code === 0x78 || (code >= 0x6a && code <= 0x73)) return 'gc';
  return null;
}
