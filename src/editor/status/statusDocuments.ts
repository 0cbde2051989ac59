/** Where a status of builds and runs is of use. */
export const statusDocuments = [
  { scheme: 'file', language: 'rust' },
  { scheme: 'file', pattern: '**/Cargo.toml' },
];
