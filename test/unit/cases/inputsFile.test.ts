import assert from 'node:assert/strict';
import { casesOf, readInputs } from '../../../src/cases/inputsFile.ts';
import { WorkbenchError } from '../../../src/shared/workbenchError.ts';

const whole = {
  name: 'all of it',
  stdin: { json: { text: null } },
  args: ['-v'],
  env: { MODE: 'fast', EMPTY: '' },
  secrets: ['API_KEY'],
  folders: [{ host: '../data', guest: '/data', writable: true }],
  limits: { maxInstructions: 5 },
  target: 'wasm32-wasip1',
  bin: 'second',
  seed: 0,
  fuelModel: 'wasmtime-current',
  profile: 'outlayer',
  expect: { output: { json: null }, exitCode: 0, fuel: 10, tolerance: 0.5 },
};

describe('inputs files', () => {
  it('are read with every property, comments and trailing commas', () => {
    const source = `// what we run\n{"$schema": "x", "cases": [${JSON.stringify(whole)}, /* one more */ {"name": "b"},]}`;
    const { cases, problems } = readInputs(source);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      cases.map(({ saved }) => saved),
      [whole, { name: 'b' }],
    );
  });

  it('tell where a case and its expectations stand', () => {
    const source = '{"cases": [{"name": "a", "expect": {"fuel": 123}}]}';
    const [found] = readInputs(source).cases;
    const at = ({ offset, length }: { offset: number; length: number }) =>
      source.slice(offset, offset + length);
    assert.equal(at(found!.span), '{"name": "a", "expect": {"fuel": 123}}');
    assert.equal(at(found!.expectationAt('fuel')), '123');
    assert.equal(at(found!.expectationAt('output')), '"a"');
  });

  const wrong: [source: string, place: string, message: RegExp][] = [
    ['', '1:1', /no JSON|empty/],
    ['{"cases": [', '1:12', /no JSON/],
    ['[]', '1:1', /object, not a list/],
    ['{}', '1:1', /“cases” is missing/],
    ['{"cases": {}}', '1:11', /list, not an object/],
    ['{"cases": [{}]}', '1:12', /“name” is missing/],
    ['{"cases": [{"name": ""}]}', '1:21', /empty/],
    ['{"cases": [\r\n  {"name": "a", "stdni": {}}]}', '2:17', /Did you mean “stdin”\?/],
    ['{"cases": [{"name": "a", "colour": 1}]}', '1:26', /Those that can be are name, .*stdin/],
    ['{"cases": [{"name": "a", "stdin": "x"}]}', '1:35', /object, not "x"/],
    ['{"cases": [{"name": "a", "stdin": {}}]}', '1:35', /one of “text”, “json” and “file”/],
    ['{"cases": [{"name": "a", "stdin": {"text": "", "json": 1}}]}', '1:35', /one of “text”/],
    ['{"cases": [{"name": "a", "env": {"A": 1}}]}', '1:39', /text, not 1/],
    ['{"cases": [{"name": "a", "target": "wasm64"}]}', '1:36', /one of wasm32-wasip2, .*not "wasm64"/],
    ['{"cases": [{"name": "a", "folders": [{"host": "x"}]}]}', '1:38', /“guest” is missing/],
    ['{"cases": [{"name": "a"}, {"name": "a"}]}', '1:27', /called “a” already/],
    ['{"cases": [{"name": "a", "env": {"K": "v"}, "secrets": ["K"]}]}', '1:12', /“K” is a secret/],
  ];
  for (const [source, place, message] of wrong) {
    it(`are told what is wrong: ${JSON.stringify(source)}`, () => {
      const [first] = readInputs(source).problems;
      assert.equal(`${first!.line}:${first!.column}`, place);
      assert.match(first!.message, message);
    });
  }

  it('keep the cases that are right beside one that is not', () => {
    const { cases, problems } = readInputs('{"cases": [{"name": "a", "seed": -1}, {"name": "b"}]}');
    assert.deepEqual(
      cases.map(({ saved }) => saved.name),
      ['b'],
    );
    assert.equal(problems.length, 1);
  });

  it('are refused as a whole with every problem and its place', () => {
    assert.throws(
      () => casesOf('{"cases": [{"name": 1}, {}]}', 'x/inputs.json'),
      (error) =>
        error instanceof WorkbenchError &&
        error.value.code === 'usage' &&
        /^x\/inputs\.json:1:21: .*\nx\/inputs\.json:1:25: /.test(error.value.cause!),
    );
  });
});
