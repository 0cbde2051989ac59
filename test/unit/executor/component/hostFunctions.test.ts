import assert from 'node:assert/strict';
import { hostFunction, hostInterface } from '../../../../src/executor/component/hostFunctions.ts';

class Base {
  inherited(): string {
    return 'inherited';
  }
}
class Thing extends Base {
  readonly name: string;
  constructor(name: string) {
    super();
    this.name = name;
  }
  static fromNumber(n: number): Thing {
    return new this(`number ${n}`);
  }
  sayName(suffix = ''): string {
    return this.name + suffix;
  }
}
const host = {
  'test:host/api': { Thing, addOne: (n: number) => n + 1 },
  plain: { default: () => 'plain' },
};
const find = (name: string, params = 1, iface: string | null = 'test:host/api@0.1.0'): unknown =>
  hostFunction(host, iface, name, params);
const call = (name: string, ...args: unknown[]): unknown =>
  hostFunction(host, 'test:host/api@0.1.0', name, args.length)!(...args);

describe('functions of the host by their names in WIT', () => {
  it('are found in camel case, whatever the version', () => {
    assert.equal(call('add-one', 1), 2);
    assert.equal(hostFunction(host, 'test:host/api', 'add-one', 1)!(1), 2);
    assert.equal(hostFunction(host, null, 'plain', 0)!(), 'plain');
  });

  it('are constructors, methods and static functions of classes', () => {
    const thing = call('[constructor]thing', 'a');
    assert.ok(thing instanceof Thing);
    assert.equal(call('[method]thing.say-name', thing), 'a');
    assert.equal(call('[method]thing.say-name', thing, '!'), 'a!');
    assert.equal(call('[method]thing.inherited', thing), 'inherited');
    assert.equal((call('[static]thing.from-number', 3) as Thing).name, 'number 3');
  });

  it('are none where the host has none', () => {
    for (const name of [
      'nothing',
      '[method]thing.nothing',
      '[constructor]nothing',
      '[static]thing.nothing',
    ]) {
      assert.equal(find(name), undefined, name);
    }
    assert.equal(find('plain', 0, null) === undefined, false);
    assert.equal(find('missing', 0, null), undefined);
  });

  it('are never what objects and classes inherit, which leads to running any code', () => {
    for (const name of [
      'constructor',
      'to-string',
      '__proto__',
      '[method]thing.constructor',
      '[method]thing.to-string',
      '[method]thing.__proto__',
      '[static]thing.constructor',
      '[static]thing.bind',
      '[static]thing.prototype',
    ]) {
      assert.equal(find(name), undefined, name);
    }
    assert.equal(hostInterface(host, 'constructor'), undefined);
    assert.equal(hostInterface(host, '__proto__'), undefined);
    assert.equal(find('constructor', 1, 'constructor'), undefined);
    assert.equal(find('constructor', 1, null), undefined);
  });
});
