import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as cassette from '../../../src/cassette/cassetteFields.ts';
import * as mocks from '../../../src/mocks/mockFields.ts';
import { httpErrorNames } from '../../../src/shared/httpErrorCodes.ts';

interface Schema {
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

function schema(name: string): Schema {
  const url = new URL(`../../../schemas/${name}.schema.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as Schema;
}

const part = (of: Schema, ...path: string[]): Schema =>
  path.reduce((each, key) => (key === '*' ? each.items! : each.properties![key]!), of);

describe('the schemas of cassettes and mocks', () => {
  const tape = schema('cassette');
  const rules = schema('mocks');
  const exchange = part(tape, 'http', '*');
  const rule = part(rules, 'rules', '*');
  const objects: [name: string, schema: Schema, fields: object][] = [
    ['a cassette', tape, cassette.cassetteFields],
    ['a program', part(tape, 'program'), cassette.programFields],
    ['an exchange', exchange, cassette.exchangeFields],
    ['a request', part(exchange, 'request'), cassette.requestFields],
    ['a body', part(exchange, 'request', 'body'), cassette.bodyFields],
    ['a response', part(exchange, 'response'), cassette.responseFields],
    ['a failure', part(exchange, 'failure'), cassette.failureFields],
    ['a call', part(tape, 'calls', '*'), cassette.callFields],
    ['a file of mocks', rules, mocks.mocksFields],
    ['a rule', rule, mocks.ruleFields],
    ['a condition', part(rule, 'when'), mocks.conditionFields],
    ['what a body has to be', part(rule, 'when', 'body'), mocks.matchFields],
    ['an answer', part(rule, 'then'), mocks.answerFields],
    ['a mocked body', part(rule, 'then', 'body'), mocks.contentFields],
  ];
  for (const [name, { properties, additionalProperties }, fields] of objects) {
    it(`know of ${name} what is read, and describe it`, () => {
      assert.deepEqual(Object.keys(properties!), Object.keys(fields));
      assert.equal(additionalProperties, false);
      for (const [key, { description }] of Object.entries(properties!)) {
        if (key !== '$schema') assert.ok((description ?? '').length > 10, key);
      }
    });
  }

  it('list every error-code of the interface', () => {
    assert.equal(httpErrorNames.length, 39);
    assert.deepEqual(part(exchange, 'failure', 'code').enum, httpErrorNames);
    assert.deepEqual(part(rule, 'then', 'fail').enum, httpErrorNames);
  });
});
