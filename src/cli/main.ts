#!/usr/bin/env node
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { underNode24 } from './node24.ts';

// Everything else is loaded only where it can run: an older Node.js lacks what it needs.
const exitCode = await underNode24(async () => {
  const { commandLine } = await import('./commandLine.ts');
  return commandLine(process.argv.slice(2), dirname(fileURLToPath(import.meta.url)));
});
process.exitCode = exitCode;
