import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  caseFields,
  expectFields,
  fileFields,
  folderFields,
  limitFields,
  stdinFields,
} from '../../../src/cases/caseFields.ts';
import {
  httpsPriceFields,
  nearPriceFields,
  outlayerFields,
  priceFields,
  walletFields,
} from '../../../src/cases/outlayerFields.ts';
import { readInputs } from '../../../src/cases/inputsFile.ts';
import { fuelModels } from '../../../src/shared/fuelModel.ts';
import {
  executionTypes,
  nearNetworks,
  responseFormats,
  systemVariables,
  walletStates,
} from '../../../src/shared/outlayer.ts';
import { profileKinds } from '../../../src/shared/profileKind.ts';
import { targets } from '../../../src/shared/target.ts';

interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
}

const schema = JSON.parse(
  readFileSync(new URL('../../../schemas/inputs.schema.json', import.meta.url), 'utf8'),
) as Schema;
const one = schema.properties!['cases']!.items!;
const part = (name: string) => one.properties![name]!;
const outlayer = part('outlayer');

describe('the schema of inputs files', () => {
  const objects: [name: string, schema: Schema, fields: object][] = [
    ['the file', schema, fileFields],
    ['a case', one, caseFields],
    ['stdin', part('stdin'), stdinFields],
    ['an output', part('expect').properties!['output']!, stdinFields],
    ['limits', part('limits'), limitFields],
    ['a folder', part('folders').items!, folderFields],
    ['an expectation', part('expect'), expectFields],
    ['the worker', outlayer, outlayerFields],
    ['a wallet', outlayer.properties!['wallet']!, walletFields],
    ['a price', outlayer.properties!['price']!, priceFields],
    ['a price on chain', outlayer.properties!['price']!.properties!['near']!, nearPriceFields],
    ['a price over HTTPS', outlayer.properties!['price']!.properties!['https']!, httpsPriceFields],
  ];
  for (const [name, { properties, additionalProperties }, fields] of objects) {
    it(`knows of ${name} what is read, and describes it`, () => {
      assert.deepEqual(Object.keys(properties!), Object.keys(fields));
      assert.equal(additionalProperties, false);
      for (const [key, { description }] of Object.entries(properties!)) {
        if (key !== '$schema') assert.ok((description ?? '').length > 10, key);
      }
    });
  }

  it('lists the targets, fuel models and profiles that exist', () => {
    assert.deepEqual(part('target').enum, targets);
    assert.deepEqual(part('fuelModel').enum, fuelModels);
    assert.deepEqual(part('profile').enum, profileKinds);
  });

  it('lists what the worker knows', () => {
    const { executionType, network, responseFormat, wallet, variables } = outlayer.properties!;
    assert.deepEqual(executionType!.enum, executionTypes);
    assert.deepEqual(network!.enum, nearNetworks);
    assert.deepEqual(responseFormat!.enum, responseFormats);
    assert.deepEqual(wallet!.properties!['state']!.enum, walletStates);
    assert.deepEqual(Object.keys(variables!.properties!), systemVariables);
  });

  it('says of the worker what the setting says', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
      contributes: { configuration: { properties: Record<string, Schema> } };
    };
    const setting = manifest.contributes.configuration.properties['wasi-workbench.outlayer']!;
    assert.deepEqual(setting.properties, outlayer.properties);
    assert.equal(setting.additionalProperties, false);
  });

  it('has the bounds of numbers that are read', () => {
    const numbers: [path: string, schema: Schema, wrap: (value: number) => object][] = [
      ['seed', part('seed'), (seed) => ({ seed })],
      ...Object.entries(part('limits').properties!).map(
        ([key, each]) =>
          [key, each, (n: number) => ({ limits: { [key]: n } })] as [string, Schema, (n: number) => object],
      ),
      ...(['exitCode', 'fuel', 'tolerance'] as const).map(
        (key) =>
          [key, part('expect').properties![key]!, (n: number) => ({ expect: { [key]: n } })] as [
            string,
            Schema,
            (n: number) => object,
          ],
      ),
    ];
    for (const [name, { minimum, maximum, type }, wrap] of numbers) {
      const problems = (value: number) =>
        readInputs(JSON.stringify({ cases: [{ name, ...wrap(value) }] })).problems.length;
      assert.deepEqual([problems(minimum!), problems(maximum!)], [0, 0], name);
      assert.deepEqual([problems(minimum! - 1), problems(maximum! + 2)], [1, 1], name);
      assert.equal(problems(minimum! + 0.5), type === 'integer' ? 1 : 0, name);
    }
  });

  it('requires what has to be there', () => {
    assert.deepEqual(schema.required, ['cases']);
    assert.deepEqual(one.required, ['name']);
    assert.deepEqual(part('folders').items!.required, ['host', 'guest']);
  });
});
