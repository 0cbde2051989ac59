/** The documents that are checked, and so keep the server informed of every edit. */
export const checkedDocuments = [
  { scheme: 'file', language: 'rust' },
  { scheme: 'file', pattern: '**/Cargo.toml' },
  { scheme: 'file', pattern: '**/.cargo/config.toml' },
  { scheme: 'file', pattern: '**/rust-toolchain.toml' },
  { scheme: 'file', pattern: '**/.vscode/tasks.json' },
] as const;

/** Files whose changes outside of the editor may make or mend a finding. */
export const watchedFiles =
  '**/{*.rs,Cargo.toml,rust-toolchain.toml,.cargo/config.toml,.vscode/tasks.json,.wasi-workbench/inputs.json,*.wasm}';
