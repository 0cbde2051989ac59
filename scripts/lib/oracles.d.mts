export interface OracleCommand {
  readonly command: string;
  readonly args: readonly string[];
}

export type OracleName = 'wasmtime-28' | 'wasmtime-28-p2' | 'wasmtime-current';

export function ensureOracles(): Promise<Record<OracleName, OracleCommand>>;
