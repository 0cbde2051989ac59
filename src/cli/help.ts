import { validTargets } from '../executor/formats.ts';
import { fuelModels } from '../shared/fuelModel.ts';
import { defaultLimits, smallestTimeLimitSeconds } from '../shared/limits.ts';
import { responseFormats } from '../shared/outlayer.ts';
import { profileKinds } from '../shared/profileKind.ts';

const buildOptions = `  --target T              one of ${validTargets.join(', ')};
                          ${validTargets[0]} where a crate names none
  --bin NAME              the binary to build, where there are several
  --example NAME          the example to build
  --package NAME          the package, where a workspace has several of that name
  --cargo-profile NAME    cargo's profile; release by default
  --features LIST         separated by commas; may be repeated
  --all-features, --no-default-features
  --locked, --offline     as cargo's
  --optimise              make the binary that the OutLayer worker makes
`;

const networkHelp = `  --no-network            refuse every HTTP request; otherwise components may reach public addresses
  --allow-host HOST       reach this host only; may be repeated
  --allow-local           reach servers on this machine and in private networks too
  --ca-file FILE          a PEM file with further certificate authorities
  --record[=FILE]         keep what the program gets from outside: HTTP, clocks, random numbers
  --replay[=FILE]         run it on what was recorded, without a network
  --redact-header NAME    keep this header's values out of the recording; may be repeated
  --mock FILE             answer HTTP requests by the rules of this file
`;

export const generalHelp = `Builds Rust programs for WebAssembly and runs them, with exact fuel.

Usage:
  wasi-workbench build [CRATE] [options]    build a crate; prints the path of the .wasm
  wasi-workbench run [FILE.wasm|CRATE] [options]
                                            run a .wasm file, or build a crate and run it
  wasi-workbench test [CRATE] [options]     run a crate's saved inputs, and compare what they expect
  wasi-workbench snapshot [CRATE] [options] keep what saved inputs cost, or compare with what was kept
  wasi-workbench check [CRATE|FILE.wasm] [options]
                                            find mistakes without a build or a run
  wasi-workbench storage show|reset         what near:storage keeps between runs
  wasi-workbench COMMAND --help             a command's options
  wasi-workbench --version

CRATE is a folder that holds a Cargo.toml; without one it is the current folder.

Exit codes: 0 success, 1 the program or a case failed, or check or snapshot found something, 2 usage, unknown target or not loadable, 3 the build failed.
`;

export const buildHelp = `Builds a crate and prints the path of the .wasm.

Usage: wasi-workbench build [CRATE] [options]

CRATE is a folder that holds a Cargo.toml; the current one by default.

${buildOptions}  --quiet                 no progress, warnings or summary
  --json                  print one JSON object instead
`;

export const snapshotHelp = `Keeps what the cases of a crate's .wasi-workbench/inputs.json cost, by function, in .wasi-workbench/fuel.json
beside it; or compares with what is kept there.

Usage: wasi-workbench snapshot [CRATE] [options]

  --check                 compare, and fail where a case got dearer; the file stays as it is
  --tolerance PERCENT     how much dearer a case may get; 0 by default
  --case NAME             this case only; may be repeated
  --quiet                 no build messages
  --json                  print one JSON object instead

What cases don't say themselves:
${buildOptions}
Exit codes: 0 kept, or nothing got dearer; 1 a case got dearer or failed; 2 usage; 3 the build failed.
`;

export const checkHelp = `Finds mistakes that can be seen without a build or a run, and says what mends them.

Usage: wasi-workbench check [CRATE|FILE.wasm] [options]

CRATE is a folder that holds a Cargo.toml, the current one by default; of a workspace every package is checked.

  --target T              what it is meant for, where nothing says so: one of
                          ${validTargets.join(', ')}
  --fix                   make the changes that are safe, then check again
  --json                  print one JSON object instead

A comment silences a rule in its line or the next: // wasi-workbench: allow(wasi/args)

Exit codes: 0 nothing found, 1 findings, 2 usage.
`;

export const storageHelp = `Shows or deletes what near:storage keeps between runs on this machine.

Usage: wasi-workbench storage show|reset [options]

  --project OWNER/NAME    of this project only; a reset of all projects resets wallets as well
  --json                  print one JSON object instead
`;

export const runHelp = `Runs a WebAssembly program, and tells what it printed, used and cost.

Usage: wasi-workbench run [FILE.wasm|CRATE] [options]

CRATE is a folder that holds a Cargo.toml; the current one by default.
The input of the program is --input, --input-file, or stdin where that is no terminal.

  --input TEXT            the program's stdin
  --input-file FILE       the program's stdin, from a file
  --env NAME=VALUE        a variable of the program's environment, which is empty otherwise; may be repeated
  --secret NAME           a variable with the value that it has here, which is kept out of recordings; may be repeated
  --dir HOST[::GUEST]     a folder that the program may read and change; may be repeated
  --read-dir HOST[::GUEST]
                          a folder that it may read and not change; may be repeated
  --scratch GUEST         a fresh folder that the program may change, deleted after the run
  --arg ARG               an argument of the program; may be repeated
  --max-instructions N    fuel; ${defaultLimits.maxInstructions} by default
  --max-memory-mb N       MiB that each memory may have; ${defaultLimits.maxMemoryMb} by default
  --max-seconds N         seconds by the clock, ${smallestTimeLimitSeconds} or more; ${defaultLimits.maxExecutionSeconds} by default
  --seed N                random numbers that are the same in every run
  --fuel-model MODEL      ${fuelModels.join(' or ')}
  --profile-kind KIND     ${profileKinds.join(' or ')}: whose view of success leads and becomes the exit code;
                          by default what the crate's Cargo.toml says, else wasi
${networkHelp}  --project OWNER/NAME    run it as the OutLayer worker does, as a version of that project
  --sender ACCOUNT        the account that asks the worker for the run
  --response-format F     ${responseFormats.join(', ')}: what the worker takes the output for
  --rpc-url URL           the NEAR RPC server behind near:rpc
  --outlayer FILE         JSON with all that the worker is to make of the run; see docs/worker.md
  --profile FILE          write where the fuel went, by function, line and stack; the file's ending says how:
                          .json, .folded (folded stacks) or .speedscope.json (https://speedscope.app)
  --line-tables           build the crate so that a failure's backtrace tells files and lines, as --profile does
  --quiet                 print what the program prints, and else only why it failed
  --json                  print one JSON object instead

For a .wasm file, --target says which format it must be; without it the format is found out. For a crate:
${buildOptions}`;

export const testHelp = `Runs the cases of a crate's .wasi-workbench/inputs.json, and compares output, exit code and fuel with what
they expect.

Usage: wasi-workbench test [CRATE] [options]

A secret that a case names is taken from the environment variable of that name.

  --case NAME             run this case only; may be repeated
  --junit FILE            write a JUnit report as well
  --quiet                 no build messages
  --json                  print one JSON object instead

What cases don't say themselves:
${buildOptions}${networkHelp}`;
