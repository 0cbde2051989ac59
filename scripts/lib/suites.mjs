// The test suites: what each needs, how it is started, and how long it may take.
import { join } from 'node:path';
import { root } from './places.mjs';

/**
 * @typedef {'rust' | 'rustAnalyzer' | 'bundles' | 'vsix' | 'examples' | 'oracles' | 'editor' | 'llvm'} Need
 *
 * @typedef {object} Suite
 * @property {string} name
 * @property {number} timeoutMinutes
 * @property {readonly Need[]} needs
 * @property {(files: readonly string[]) => string[]} command arguments of Node.js, for some test files or, of none, all
 * @property {boolean} [secondChance] whether a file that failed is run once more: of the suites in a real editor,
 *   which on a busy machine loses a key or closes a menu
 */

const mochaProgram = join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');

/**
 * @param {string} folder
 * @param {number} seconds a single test's time-out
 * @param {string} style
 */
const mocha = (folder, seconds, style) => (/** @type {readonly string[]} */ files) => [
  mochaProgram,
  '--no-config',
  `--timeout=${seconds * 1000}`,
  `--reporter=${join(root, 'scripts', 'lib', 'mochaReporter.mjs')}`,
  `--reporter-option=style=${style}`,
  ...(files.length === 0 ? [`test/${folder}/**/*.test.ts`] : files),
];

/** @param {string} name */
const script = (name) => (/** @type {readonly string[]} */ files) => [join(root, 'scripts', name), ...files];

/** @type {readonly Suite[]} */
export const suites = [
  { name: 'unit', timeoutMinutes: 15, needs: ['rust'], command: mocha('unit', 60, 'Dot') },
  {
    name: 'cli',
    // On two slow cores, the first time; where its crates are built already it takes a few minutes.
    timeoutMinutes: 30,
    needs: ['rust', 'vsix', 'examples', 'llvm'],
    command: mocha('cli', 300, 'Spec'),
  },
  {
    name: 'parity',
    timeoutMinutes: 15,
    needs: ['rust', 'bundles', 'examples', 'oracles'],
    command: mocha('parity', 300, 'Spec'),
  },
  {
    name: 'integration',
    timeoutMinutes: 25,
    needs: ['rust', 'rustAnalyzer', 'vsix', 'editor'],
    command: script('integration.mjs'),
    secondChance: true,
  },
  {
    name: 'ui',
    timeoutMinutes: 30,
    needs: ['rust', 'vsix', 'examples', 'editor'],
    command: mocha('ui', 240, 'Spec'),
    secondChance: true,
  },
  {
    name: 'conformance',
    // The first time, the oracle and the corpus are built: half of it.
    timeoutMinutes: 30,
    needs: ['rust', 'oracles'],
    command: script('conformance.mjs'),
  },
];
