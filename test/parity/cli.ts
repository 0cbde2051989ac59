import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Finished {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly code: number | null;
}

/** Runs the bundled command line to its end. */
export async function runCli(args: readonly string[], stdin: Uint8Array): Promise<Finished> {
  const child = spawn(process.execPath, [cli, ...args], { windowsHide: true });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A program need not read its input.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  return { stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr), code };
}
