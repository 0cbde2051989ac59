import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { WritableFiles } from '../../diagnostics/applyFix.ts';
import { checkWasm } from '../../diagnostics/check.ts';
import { checkFolder } from '../../diagnostics/checkFolder.ts';
import { CrateReader } from '../../diagnostics/crateReader.ts';
import { WasmDocument } from '../../diagnostics/documents/wasmDocument.ts';
import { diskFiles } from '../../diagnostics/files.ts';
import type { Finding } from '../../diagnostics/finding.ts';
import { fixAll } from '../../diagnostics/fixAll.ts';
import { onlyOperand, parseArguments } from '../arguments.ts';
import { namedTarget } from '../buildOptions.ts';
import { checkJson, renderCheck } from '../checkReport.ts';
import type { Command, CommandContext } from '../command.ts';
import { crateFolder } from '../crate.ts';
import { exitCodes } from '../exitCodes.ts';
import { checkHelp } from '../help.ts';
import { errorJson, line } from '../json.ts';
import { readWasm } from '../program.ts';
import { usageError } from '../usage.ts';

const options = { target: 'value', fix: 'flag', json: 'flag', help: 'flag' } as const;

/** `check CRATE|FILE.wasm`: mistakes that can be seen without a build or a run. */
export const check: Command = {
  run: checkCode,
  jsonOfError: (error) => line({ findings: [], error: errorJson(error) }),
};

async function checkCode(args: readonly string[], { output, services }: CommandContext): Promise<number> {
  const { values, operands } = parseArguments(args, options);
  if (values.help) {
    output.stdout(checkHelp);
    return exitCodes.success;
  }
  const operand = onlyOperand(operands, 'check', 'CRATE|FILE.wasm');
  const target = namedTarget(values);
  const crateDir = crateFolder(operand);
  if (crateDir !== null && !(await diskFiles.exists(resolve(crateDir, 'Cargo.toml')))) {
    throw usageError(`${operand} is no crate.`, 'Name a folder that holds a Cargo.toml, or a .wasm file.');
  }
  if (crateDir === null && values.fix) {
    throw usageError('--fix changes sources, and a binary has none.', 'Name the folder of a crate.');
  }
  const look = async (): Promise<readonly Finding[]> => {
    if (crateDir === null) {
      const path = resolve(operand);
      return checkWasm(new WasmDocument(path, await readWasm(path), target));
    }
    const reader = new CrateReader(diskFiles, await services.rustReader());
    try {
      return await checkFolder(crateDir, diskFiles, reader, { target });
    } finally {
      reader.forget();
    }
  };
  const { fixed, left } = values.fix ? await fixAll(look, disk) : { fixed: null, left: await look() };
  output.stdout(values.json ? checkJson(left, fixed) : renderCheck(left, fixed, process.cwd()));
  return left.length === 0 ? exitCodes.success : exitCodes.failed;
}

const disk: WritableFiles = {
  ...diskFiles,
  write: async (path, text) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  },
  move: async (from, to) => {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
  },
};
