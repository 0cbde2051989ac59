import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { onlyOperand, parseArguments } from '../../../src/cli/arguments.ts';
import { usage } from './usage.ts';

const kinds = { input: 'value', arg: 'list', json: 'flag' } as const;

describe('parseArguments', () => {
  it('tells flags, values and lists apart, and keeps the order of lists', () => {
    const { values, operands } = parseArguments(
      ['--json', 'x', '--arg', 'a', '--input=b', '--arg', 'c'],
      kinds,
    );
    assert.deepEqual({ ...values }, { json: true, arg: ['a', 'c'], input: 'b' });
    assert.deepEqual(operands, ['x']);
  });

  it('leaves out what was not given', () => {
    assert.deepEqual({ ...parseArguments([], kinds).values }, {});
  });

  it('lets the last of a value count', () => {
    assert.equal(parseArguments(['--input', 'a', '--input', 'b'], kinds).values.input, 'b');
  });

  it('takes values that start with a dash, empty ones, and ones with an equals sign', () => {
    const { values } = parseArguments(['--arg', '-v', '--arg=', '--arg', 'a=b', '--arg=--json'], kinds);
    assert.deepEqual(values.arg, ['-v', '', 'a=b', '--json']);
  });

  it('takes everything after a double dash for operands', () => {
    assert.deepEqual(parseArguments(['--', '--json'], kinds).operands, ['--json']);
  });

  it('names the option that was meant', () => {
    const error = usage(() => parseArguments(['--jsn'], kinds));
    assert.equal(error.message, 'There is no option --jsn.');
    assert.match(error.hint!, /Did you mean --json\?/);
  });

  it('knows no option by a short or an inherited name', () => {
    for (const name of ['-j', '--toString', '--constructor', '--no-json']) {
      assert.match(usage(() => parseArguments([name], kinds)).message, /There is no option/);
    }
  });

  it('misses a value at the end, and before another option', () => {
    for (const args of [['--input'], ['--input', '--json']]) {
      assert.match(usage(() => parseArguments(args, kinds)).message, /--input needs a value/);
    }
  });

  it('gives a flag no value', () => {
    assert.match(usage(() => parseArguments(['--json=1'], kinds)).message, /--json takes no value/);
  });
});

describe('onlyOperand', () => {
  it('is the one there is', () => {
    assert.equal(onlyOperand(['x'], 'run', 'FILE'), 'x');
  });

  it('is the crate in the current folder where none is named', () => {
    assert.equal(onlyOperand([], 'run', 'CRATE', 'test/fixtures/cli'), '.');
    assert.match(usage(() => onlyOperand([''], 'run', 'CRATE', 'test/fixtures/cli')).message, /run needs/);
  });

  it('is refused where there is none, or one too many', () => {
    assert.match(usage(() => onlyOperand([], 'run', 'FILE', tmpdir())).message, /run needs FILE/);
    assert.match(usage(() => onlyOperand([''], 'run', 'FILE')).message, /run needs FILE/);
    assert.match(usage(() => onlyOperand(['x', 'y'], 'run', 'FILE')).hint!, /--arg y/);
    assert.match(usage(() => onlyOperand(['x', 'y'], 'build', 'CRATE')).message, /y is one more/);
  });
});
