import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { loadRustParser } from '../rust/rustParser.ts';
import { serve } from './serve.ts';

/** Beside the bundle. */
const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

serve(createConnection(ProposedFeatures.all), () =>
  loadRustParser({ runtime: beside('web-tree-sitter.wasm'), grammar: beside('tree-sitter-rust.wasm') }),
);
