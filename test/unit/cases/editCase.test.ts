import { applyEdits } from 'jsonc-parser';
import assert from 'node:assert/strict';
import { addToCase, appendCase, type CaseAddition } from '../../../src/cases/editCase.ts';
import { readInputs } from '../../../src/cases/inputsFile.ts';

const key: CaseAddition = { kind: 'variable', name: 'KEY', value: 'a "b"' };
const data: CaseAddition = { kind: 'folder', host: '../data', guest: '/data', writable: true };
const fresh = { name: 'default', stdin: { text: 'in' } };

function added(source: string | null, caseName: string | null, addition: CaseAddition) {
  const edit = addToCase(source, caseName, addition, fresh);
  assert.ok(edit);
  const text = applyEdits(source ?? '', [...edit.edits]);
  const { cases, problems } = readInputs(text);
  assert.deepEqual(problems, [], text);
  const saved = cases.map((each) => each.saved);
  return { text, saved, ofCase: saved.find(({ name }) => name === edit.caseName) };
}

describe('addToCase', () => {
  it('begins a file with the case that it is given', () => {
    for (const source of [null, '', '\n']) {
      assert.deepEqual(added(source, null, key).saved, [{ ...fresh, env: { KEY: 'a "b"' } }]);
    }
    assert.deepEqual(added(null, null, data).ofCase?.folders, [
      { host: '../data', guest: '/data', writable: true },
    ]);
  });

  it('adds to the named case, else to the first, and leaves the rest as it is', () => {
    const source =
      '{\n  // mine\n  "cases": [\n    { "name": "a" }, // first\n    {\n      "name": "b",\n      "env": { "X": "1" } /* x */\n    }\n  ]\n}\n';
    const { text, ofCase } = added(source, 'b', key);
    assert.deepEqual(ofCase, { name: 'b', env: { X: '1', KEY: 'a "b"' } });
    for (const comment of ['// mine', '// first', '/* x */']) assert.ok(text.includes(comment), comment);
    assert.deepEqual(added(source, 'gone', key).ofCase, { name: 'a', env: { KEY: 'a "b"' } });
  });

  it('puts a variable or folder that is there already in its place', () => {
    const source =
      '{"cases":[{"name":"a","env":{"KEY":"old"},"folders":[{"host":"x","guest":"/x"},{"host":"old","guest":"/data"}]}]}';
    assert.deepEqual(added(source, null, key).ofCase?.env, { KEY: 'a "b"' });
    assert.deepEqual(added(source, null, data).ofCase?.folders, [
      { host: 'x', guest: '/x' },
      { host: '../data', guest: '/data', writable: true },
    ]);
    const other: CaseAddition = { ...data, guest: '/other', writable: false };
    assert.deepEqual(added(source, null, other).ofCase?.folders?.at(-1), {
      host: '../data',
      guest: '/other',
    });
  });

  it('makes a case in a list that is empty', () => {
    assert.deepEqual(added('{ "cases": [] }', null, key).saved, [{ ...fresh, env: { KEY: 'a "b"' } }]);
  });

  it('leaves a file with mistakes alone', () => {
    assert.equal(addToCase('{ "cases": [{}] }', null, key, fresh), null);
    assert.equal(addToCase('{ "cases": [', null, key, fresh), null);
  });
});

describe('appendCase', () => {
  const appended = (source: string | null) => {
    const text = applyEdits(source ?? '', [...appendCase(source, fresh)!.edits]);
    const { cases, problems } = readInputs(text);
    assert.deepEqual(problems, [], text);
    return { text, names: cases.map(({ saved }) => saved.name) };
  };

  it('begins a file, and puts a case behind those of one, whose comments and order stay', () => {
    for (const source of [null, '', '{ "cases": [] }']) assert.deepEqual(appended(source).names, ['default']);
    const source =
      '{\n  // mine\n  "cases": [\n    { "name": "b" }, // first\n    { "name": "a" },\n  ]\n}\n';
    const { text, names } = appended(source);
    assert.deepEqual(names, ['b', 'a', 'default']);
    for (const comment of ['// mine', '// first']) assert.ok(text.includes(comment), comment);
  });

  it('leaves a file with mistakes alone', () => {
    assert.equal(appendCase('{ "cases": [{}] }', fresh), null);
  });
});
